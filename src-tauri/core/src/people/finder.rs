//! Finds the people of a query and their order. Few people are read from the file and ordered for themselves; for many, the
//! columns of everybody are kept in memory from the first use on and mended where people changed. What was found is kept as
//! long as nobody was added or changed.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::columns::{Bits, Columns};
use super::facets::{Facet, FacetChoice, PeopleFacets};
use super::keystrokes::Keystroke;
use super::order::{self, Among, PeopleQuery, Picked};
use super::reading::View;
use super::sort::Sort;

/// People who are sorted and searched without the columns of everybody (a thousand are read in some 10 ms).
const FEW: usize = 1_000;
/// The most numbers that are kept of what was found: 32 MB.
const MOST_KEPT: usize = 8 << 20;
/// Orders of everybody that are kept beside the columns.
const ORDERS_KEPT: usize = 4;
/// Words whose people are kept: those of the text at hand, and what they were before the last keys.
const WORDS_KEPT: usize = 16;

/// People in order, by their numbers.
pub type Found = Arc<Vec<u32>>;

/// Whom a query is about before its text and facets narrow it, as of a revision of the store.
#[derive(Debug)]
pub struct Members {
    revision: i64,
    /// None for everybody.
    numbers: Option<Vec<u32>>,
}

impl Members {
    pub fn read(view: &View<'_>, query: &PeopleQuery) -> rusqlite::Result<Self> {
        let numbers = order::members(view.connection, view.tenant, query)?;
        Ok(Self { revision: view.revision, numbers })
    }

    /// Those of this moment: the store may have changed since they were read elsewhere.
    fn of_now(read: Option<Self>, view: &View<'_>, query: &PeopleQuery) -> rusqlite::Result<Option<Vec<u32>>> {
        match read {
            Some(members) if members.revision == view.revision => Ok(members.numbers),
            _ => order::members(view.connection, view.tenant, query),
        }
    }
}

/// What came of looking without the columns of everybody.
pub enum Quick<T> {
    Done(T),
    /// They are needed, for these members.
    Takes(Members),
}

#[derive(Debug, Default)]
pub struct Finder {
    kept: Mutex<VecDeque<Kept>>,
    everybody: Mutex<Option<Everybody>>,
}

/// What was found at a revision of the store.
#[derive(Debug)]
struct Kept {
    query: PeopleQuery,
    revision: i64,
    found: Found,
}

impl Kept {
    /// In numbers of people. An id that was picked takes some 48 bytes: 24 letters and where they are.
    fn weight(&self) -> usize {
        let (Picked::Only { ids } | Picked::AllBut { ids }) = &self.query.picked;
        self.found.len() + 12 * ids.len() + 64
    }
}

/// The columns of everybody as of a revision, and what was found in them.
#[derive(Debug)]
struct Everybody {
    revision: i64,
    columns: Columns,
    orders: VecDeque<(Vec<Sort>, Arc<Vec<u32>>)>,
    words: VecDeque<(String, Bits)>,
}

impl Finder {
    /// What is known, or found without the columns of everybody.
    pub fn find_quickly(&self, view: &View<'_>, query: &PeopleQuery) -> rusqlite::Result<Quick<Found>> {
        if let Some(found) = self.known(query, view.revision) {
            return Ok(Quick::Done(found));
        }
        let Members { revision, numbers } = Members::read(view, query)?;
        let found = match numbers {
            None if query.is_plain() => return self.everybody(view).map(Quick::Done),
            Some(members) if query.is_plain() => members,
            Some(members) if members.len() <= FEW => {
                let mut columns = Columns::of(view.connection, &members)?;
                learn(&mut columns, view, query)?;
                let rows = narrowed(&columns, query, &Keystroke::none()).unwrap_or_else(|| Bits::all(columns.len()));
                in_order(&columns, query, Some(&members), &rows, || columns.sorted(&query.sort).into())
            }
            numbers => return Ok(Quick::Takes(Members { revision, numbers })),
        };
        Ok(Quick::Done(self.keep(query, view.revision, found)))
    }

    /// The people of a query, by the columns of everybody; none when a later keystroke came. `members`: as they were read
    /// when that was tried without.
    pub fn find(
        &self,
        view: &View<'_>,
        query: &PeopleQuery,
        members: Option<Members>,
        keystroke: &Keystroke,
    ) -> rusqlite::Result<Option<Found>> {
        if let Some(found) = self.known(query, view.revision) {
            return Ok(Some(found));
        }
        let members = Members::of_now(members, view, query)?;
        let mut held = lock(&self.everybody);
        let everybody = at_hand(&mut held, view)?;
        learn(&mut everybody.columns, view, query)?;
        let Some(rows) = everybody.rows(query, members.as_deref(), keystroke) else { return Ok(None) };
        let order = if query.sort.is_empty() { Arc::default() } else { everybody.order(&query.sort) };
        let found = in_order(&everybody.columns, query, members.as_deref(), &rows, || order);
        Ok(Some(self.keep(query, view.revision, found)))
    }

    /// Everybody with the newest first: those of the revision before, and who came since.
    pub fn everybody(&self, view: &View<'_>) -> rusqlite::Result<Found> {
        let query = PeopleQuery::of(Among::Everybody);
        if let Some(found) = self.known(&query, view.revision) {
            return Ok(found);
        }
        let before = lock(&self.kept)
            .iter()
            .find(|kept| kept.query == query)
            .map(|kept| (kept.revision, Arc::clone(&kept.found)));
        let since = match before {
            Some((revision, found)) => view.changed_since(revision)?.map(|changed| (changed, found)),
            None => None,
        };
        let everybody = match since {
            None => order::everybody(view.connection, view.tenant)?,
            Some((changed, before)) => {
                let newest = before.first().copied().unwrap_or_default();
                let new = changed.into_iter().filter(|number| *number > newest).collect();
                let mut everybody = order::newest_first(new);
                everybody.extend_from_slice(&before);
                everybody
            }
        };
        Ok(self.keep(&query, view.revision, everybody))
    }

    /// How many people of a query there are by each facet, by the columns of everybody; none when a later keystroke came.
    /// `members`: as for [`Self::find`].
    pub fn facets(
        &self,
        view: &View<'_>,
        query: &PeopleQuery,
        members: Option<Members>,
        keystroke: &Keystroke,
    ) -> rusqlite::Result<Option<PeopleFacets>> {
        let members = Members::of_now(members, view, query)?;
        let mut held = lock(&self.everybody);
        let everybody = at_hand(&mut held, view)?;
        everybody.columns.learn_of_employers(view.connection, view.tenant)?;
        let rows = everybody.rows(&query.without_facets(), members.as_deref(), keystroke);
        let counted = rows.and_then(|rows| counts(&everybody.columns, query, &rows, keystroke));
        Ok(counted.map(|facets| as_of(view, facets)))
    }

    /// Reads the columns of everybody, or mends them, for who will soon ask.
    pub fn prepare(&self, view: &View<'_>) -> rusqlite::Result<()> {
        at_hand(&mut lock(&self.everybody), view).map(drop)
    }

    /// Memory of the columns of everybody, and for how many people; none before the first use.
    pub fn memory(&self) -> Option<(usize, usize)> {
        lock(&self.everybody).as_ref().map(|everybody| (everybody.columns.bytes(), everybody.columns.len()))
    }

    fn known(&self, query: &PeopleQuery, revision: i64) -> Option<Found> {
        let mut kept = lock(&self.kept);
        let at = kept.iter().position(|one| one.revision == revision && one.query == *query)?;
        let one = kept.remove(at)?;
        let found = Arc::clone(&one.found);
        kept.push_back(one);
        Some(found)
    }

    fn keep(&self, query: &PeopleQuery, revision: i64, found: Vec<u32>) -> Found {
        let found = Arc::new(found);
        let mut kept = lock(&self.kept);
        kept.retain(|one| one.query != *query);
        kept.push_back(Kept { query: query.clone(), revision, found: Arc::clone(&found) });
        while kept.len() > 1 && kept.iter().map(Kept::weight).sum::<usize>() > MOST_KEPT {
            kept.pop_front();
        }
        found
    }
}

fn as_of(view: &View<'_>, facets: PeopleFacets) -> PeopleFacets {
    PeopleFacets { revision: view.revision, ..facets }
}

/// The columns of everybody as of this view.
fn at_hand<'a>(held: &'a mut Option<Everybody>, view: &View<'_>) -> rusqlite::Result<&'a mut Everybody> {
    let known = match held.take() {
        Some(everybody) => everybody.mended(view)?,
        None => None,
    };
    Ok(held.insert(match known {
        Some(everybody) => everybody,
        None => Everybody::new(view.revision, Columns::of_everybody(view.connection, view.tenant)?),
    }))
}

/// Sees to it that the columns know what is chosen by.
fn learn(columns: &mut Columns, view: &View<'_>, query: &PeopleQuery) -> rusqlite::Result<()> {
    if query.choices().any(|choice| matches!(choice.facet, Facet::Industry | Facet::Headcount)) {
        columns.learn_of_employers(view.connection, view.tenant)?;
    }
    Ok(())
}

impl Everybody {
    fn new(revision: i64, columns: Columns) -> Self {
        Self { revision, columns, orders: VecDeque::new(), words: VecDeque::new() }
    }

    /// These columns with what changed since; none when that is not known.
    fn mended(mut self, view: &View<'_>) -> rusqlite::Result<Option<Self>> {
        if self.revision == view.revision {
            return Ok(Some(self));
        }
        let Some(changed) = view.changed_since(self.revision)? else { return Ok(None) };
        let mended = self.columns.change(view.connection, &changed)?;
        Ok(mended.then(|| Self::new(view.revision, self.columns)))
    }

    /// The rows of a query; none when a later keystroke came.
    fn rows(&mut self, query: &PeopleQuery, members: Option<&[u32]>, keystroke: &Keystroke) -> Option<Bits> {
        let mut rows = match members {
            Some(members) => rows_of(&self.columns, members),
            None => Bits::all(self.columns.len()),
        };
        for word in query.words() {
            if keystroke.is_superseded() {
                return None;
            }
            rows.and(self.with_word(&word));
        }
        chosen(&self.columns, query, rows, keystroke)
    }

    /// The rows that hold a word with this beginning: those of the beginning before the last key, narrowed.
    fn with_word(&mut self, beginning: &str) -> &Bits {
        let known = self.words.iter().position(|(word, _)| word == beginning);
        let one = known.and_then(|at| self.words.remove(at)).unwrap_or_else(|| {
            let wider = self.words.iter().filter(|(word, _)| beginning.starts_with(word.as_str()));
            let wider = wider.max_by_key(|(word, _)| word.len()).map(|(_, rows)| Cow::Borrowed(rows));
            let all = || Cow::Owned(Bits::all(self.columns.len()));
            (beginning.to_owned(), self.columns.with_word(beginning, &wider.unwrap_or_else(all)))
        });
        while self.words.len() >= WORDS_KEPT {
            self.words.pop_back();
        }
        self.words.push_front(one);
        &self.words[0].1
    }

    fn order(&mut self, sort: &[Sort]) -> Arc<Vec<u32>> {
        let known = self.orders.iter().position(|(known, _)| known == sort);
        let one = match known.and_then(|at| self.orders.remove(at)) {
            Some(known) => known,
            None => (sort.to_vec(), Arc::new(self.columns.sorted(sort))),
        };
        let order = Arc::clone(&one.1);
        self.orders.truncate(ORDERS_KEPT - 1);
        self.orders.push_front(one);
        order
    }
}

/// How many of few people there are by each facet; none when a later keystroke came.
pub fn facets_quickly(
    view: &View<'_>,
    query: &PeopleQuery,
    keystroke: &Keystroke,
) -> rusqlite::Result<Quick<Option<PeopleFacets>>> {
    let members = Members::read(view, query)?;
    let Some(few) = members.numbers.as_deref().filter(|numbers| numbers.len() <= FEW) else {
        return Ok(Quick::Takes(members));
    };
    let mut columns = Columns::of(view.connection, few)?;
    columns.learn_of_employers(view.connection, view.tenant)?;
    let rows = narrowed(&columns, &query.without_facets(), keystroke);
    let counted = rows.and_then(|rows| counts(&columns, query, &rows, keystroke));
    Ok(Quick::Done(counted.map(|facets| as_of(view, facets))))
}

/// The rows of a query among all of these columns; none when a later keystroke came.
fn narrowed(columns: &Columns, query: &PeopleQuery, keystroke: &Keystroke) -> Option<Bits> {
    let all = Bits::all(columns.len());
    let rows = query.words().iter().fold(all, |rows, word| columns.with_word(word, &rows));
    chosen(columns, query, rows, keystroke)
}

/// Those of these rows that the query's facets let through; none when a later keystroke came.
fn chosen(columns: &Columns, query: &PeopleQuery, rows: Bits, keystroke: &Keystroke) -> Option<Bits> {
    query.choices().try_fold(rows, |rows, choice| {
        (!keystroke.is_superseded()).then(|| columns.with_choice(choice, query.now_ms, &rows))
    })
}

/// Each facet, over those of `rows` that the other facets let through; none when a later keystroke came.
fn counts(columns: &Columns, query: &PeopleQuery, rows: &Bits, keystroke: &Keystroke) -> Option<PeopleFacets> {
    let let_through: Vec<(&FacetChoice, Bits)> =
        query.choices().map(|choice| (choice, columns.with_choice(choice, query.now_ms, rows))).collect();
    let but = |facet: Option<Facet>| {
        let others = let_through.iter().filter(|(choice, _)| Some(choice.facet) != facet);
        others.fold(rows.clone(), |mut rows, (_, through)| {
            rows.and(through);
            rows
        })
    };
    let mut facets = Vec::with_capacity(Facet::ALL.len());
    for facet in Facet::ALL {
        if keystroke.is_superseded() {
            return None;
        }
        let chosen = query.choices().find(|choice| choice.facet == facet).map_or(&[][..], |choice| &choice.values);
        facets.push(columns.counted(facet, chosen, query.now_ms, &but(Some(facet))));
    }
    Some(PeopleFacets { total: but(None).count() as u64, revision: 0, facets })
}

fn rows_of(columns: &Columns, members: &[u32]) -> Bits {
    let mut rows = Bits::none(columns.len());
    members.iter().filter_map(|number| columns.row_of(*number)).for_each(|row| rows.put(row));
    rows
}

/// The people of these rows: sorted, or as they stand among the members, or the newest first. `sorted`: all rows in order.
fn in_order(
    columns: &Columns,
    query: &PeopleQuery,
    members: Option<&[u32]>,
    rows: &Bits,
    sorted: impl FnOnce() -> Arc<Vec<u32>>,
) -> Vec<u32> {
    match members {
        _ if !query.sort.is_empty() => {
            let count = rows.count();
            // Without a branch, since nobody can foresee whose row is wanted; one more than fits for those who are not.
            let (mut found, mut at) = (vec![0; count + 1], 0);
            for row in sorted().iter() {
                found[at] = *row;
                at += rows.bit(*row) as usize;
                if at == count {
                    break;
                }
            }
            found.truncate(count);
            columns.numbered(found)
        }
        Some(members) => {
            let is_there = |number: &u32| columns.row_of(*number).is_some_and(|row| rows.has(row as u32));
            members.iter().copied().filter(is_there).collect()
        }
        None => {
            let mut found: Vec<u32> = rows.iter().map(|row| row as u32).collect();
            found.reverse();
            columns.numbered(found)
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
