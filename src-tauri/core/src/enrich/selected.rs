//! Whom an enrichment is about, as lines of the journal in their order, each with what is known of it: those selected, those
//! named, or the companies of either. Makes no call.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::asked::EnrichWhat;
use super::journal::tenant_number;
use super::names::{PaidFor, People};
use super::order::{EnrichInput, EnrichWhom};
use super::plan::{Plan, Whose};
use super::standing::{Knowledge, Known, Wish};
use super::{clue, knowledge};
use crate::apollo::enrichment::Clue;
use crate::error::Error;
use crate::foray::Foray;
use crate::people::companies::Employers;
use crate::people::{Among, PeopleQuery, Picked, selected};
use crate::tenant::TenantId;

/// Lines that are kept for the next change of a dialog; more of them would be too much memory for that.
const MOST_HELD: usize = 200_000;

const HOUR_MS: i64 = 3_600_000;

/// A line of the journal, none where there is nothing to ask by, and what is known of it.
type Line = (Option<String>, Known);

/// All that are meant, whatever is wished for of them.
#[derive(Debug)]
pub struct Meant {
    lines: Vec<Line>,
    whose: Option<Whose>,
}

impl Meant {
    pub fn plan(&self, what: EnrichWhat, wish: Wish) -> Plan<String> {
        let mut plan = Plan::of(what, self.lines.iter().cloned(), wish);
        plan.whose = self.whose;
        plan
    }
}

/// Who was meant last in a workspace, for as long as nothing in its file of people has changed: each box that is ticked and
/// each cap that is typed asks about the same ones again.
#[derive(Debug, Clone, Default)]
pub struct LastMeant(Arc<Mutex<Option<Held>>>);

#[derive(Debug)]
struct Held {
    asked: Asked,
    meant: Arc<Meant>,
}

/// What was asked of which version of the file; filters by time go by the hour.
#[derive(Debug, PartialEq)]
struct Asked {
    what: EnrichWhat,
    whom: EnrichWhom,
    version: i64,
    hour: i64,
}

impl LastMeant {
    fn of(&self, asked: &Asked) -> Option<Arc<Meant>> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().filter(|held| held.asked == *asked).map(|held| Arc::clone(&held.meant))
    }

    fn hold(&self, asked: Asked, meant: &Arc<Meant>) {
        let held = (meant.lines.len() <= MOST_HELD).then(|| Held { asked, meant: Arc::clone(meant) });
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = held;
    }

    /// Gives the memory back.
    pub fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Foray {
    /// All that an enrichment is about.
    ///
    /// # Errors
    /// [`Error::BadInput`]; the disk.
    pub(super) async fn meant(&self, tenant: TenantId, input: &EnrichInput) -> Result<Arc<Meant>, Error> {
        let files = self.access(tenant).await?.files;
        // Taken before anybody is looked for: who is found may be newer than that, never older.
        let Some(version) = files.store.version().await? else {
            return self.look_for(tenant, input).await.map(Arc::new);
        };
        let hour = self.clock().now().as_millisecond() / HOUR_MS;
        let asked = Asked { what: input.what, whom: input.whom.clone(), version, hour };
        if let Some(meant) = files.last_meant.of(&asked) {
            return Ok(meant);
        }
        let meant = Arc::new(self.look_for(tenant, input).await?);
        files.last_meant.hold(asked, &meant);
        Ok(meant)
    }

    async fn look_for(&self, tenant: TenantId, input: &EnrichInput) -> Result<Meant, Error> {
        // What a process left on its way when it died is not under way any more.
        self.undecided(tenant).await?;
        let (lines, whose) = match (input.what, &input.whom) {
            (EnrichWhat::People, EnrichWhom::People { people }) => (self.named(tenant, people).await?, None),
            (EnrichWhat::People, whom) => (self.stored(tenant, self.query_of(tenant, whom).await?).await?, None),
            (EnrichWhat::Companies, EnrichWhom::Domains { domains }) => {
                let domains = domains.iter().map(|line| clue::read_domain(line)).collect();
                (self.companies(tenant, domains).await?, None)
            }
            (EnrichWhat::Companies, whom) => {
                let query = self.query_of(tenant, whom).await?;
                let employers = self.access(tenant).await?.files.store.employers(query).await?;
                let Employers { people, without_domain, domains } = employers;
                let domains = domains.into_iter().map(Some).collect();
                (self.companies(tenant, domains).await?, Some(Whose { people, without_domain }))
            }
        };
        Ok(Meant { lines, whose })
    }

    /// The people of the store who are meant.
    async fn query_of(&self, tenant: TenantId, whom: &EnrichWhom) -> Result<PeopleQuery, Error> {
        Ok(match whom {
            EnrichWhom::Selected { selection } => selected(&self.access(tenant).await?, selection, self.clock().now())?,
            EnrichWhom::Runs { runs } => PeopleQuery::of(Among::Runs(runs.clone())),
            EnrichWhom::People { people } => {
                PeopleQuery { picked: Picked::Only { ids: people.clone() }, ..PeopleQuery::of(Among::Everybody) }
            }
            EnrichWhom::Domains { .. } => {
                return Err(Error::bad_input("whom", "Domains name companies. Say which people to enrich."));
            }
        })
    }

    /// People of the store, by Apollo's ids.
    async fn stored(&self, tenant: TenantId, query: PeopleQuery) -> Result<Vec<Line>, Error> {
        let owner = tenant.to_string();
        let store = &self.access(tenant).await?.files.store;
        let ids = store.ids(query).await?;
        let found = store.read(move |view| {
            let texts = ids.into_iter().map(Some);
            all_known(view.connection, &owner, Some(view.tenant), texts)
        });
        Ok(found.await?.unwrap_or_default())
    }

    /// People a user named. One who is in the store is asked for by Apollo's id, which is the surest; others once, however
    /// they are written.
    async fn named(&self, tenant: TenantId, people: &[String]) -> Result<Vec<Line>, Error> {
        let clues: Vec<Option<Clue>> = people.iter().map(|line| clue::read(line)).collect();
        let by_ids = clues.iter().flatten().all(|clue| matches!(clue, Clue::Id(_)));
        let store = self.access(tenant).await?.files.store;
        let known = store.read(move |view| {
            if by_ids { Ok(People::default()) } else { People::in_store(view.connection, Some(view.tenant)) }
        });
        let known = known.await?.unwrap_or_default();
        let mut spellings = HashMap::new();
        let texts = clues.into_iter().map(|clue| {
            let clue = clue?;
            if let Some(id) = known.known_as(&clue) {
                return Some(id.to_owned());
            }
            let first: &Clue = spellings.entry(clue.canonical()).or_insert(clue);
            Some(clue::to_text(first))
        });
        self.all_known(tenant, texts.collect()).await
    }

    /// Companies by their domains.
    async fn companies(&self, tenant: TenantId, domains: Vec<Option<String>>) -> Result<Vec<Line>, Error> {
        let texts = domains.into_iter().map(|domain| Some(clue::of_company(&domain?)));
        self.all_known(tenant, texts.collect()).await
    }

    /// What is known of these lines, whether or not they are in the store.
    async fn all_known(&self, tenant: TenantId, texts: Vec<Option<String>>) -> Result<Vec<Line>, Error> {
        let owner = tenant.to_string();
        let journal = self.journal(tenant).await?;
        journal
            .database
            .run(move |connection| {
                let number = tenant_number(connection, &owner)?;
                all_known(connection, &owner, number, texts.into_iter())
            })
            .await
    }
}

fn all_known(
    connection: &rusqlite::Connection,
    tenant: &str,
    number: Option<i64>,
    texts: impl Iterator<Item = Option<String>>,
) -> rusqlite::Result<Vec<Line>> {
    let mut paid_for = PaidFor::read(connection, tenant)?;
    let about_to_be_asked = about_to_be_asked(connection, tenant)?;
    texts
        .map(|text| {
            let known = match &text {
                Some(text) if about_to_be_asked.contains(&clue::from_text(text).canonical()) => {
                    knowledge::known(connection, tenant, number, &mut paid_for, text)?.about_to_be_asked()
                }
                Some(text) => knowledge::known(connection, tenant, number, &mut paid_for, text)?,
                None => Known::Person(Knowledge::default()),
            };
            Ok((text, known))
        })
        .collect()
}

/// Whom jobs that go on by themselves have yet to ask for. One that was paused, or that waits for the user, may never go on,
/// and leaves out by itself whoever has become known meanwhile.
fn about_to_be_asked(connection: &rusqlite::Connection, tenant: &str) -> rusqlite::Result<HashSet<Clue>> {
    connection
        .prepare_cached(
            "SELECT clue FROM enrich_wanted JOIN jobs ON jobs.tenant = enrich_wanted.tenant AND jobs.id = enrich_wanted.job
             WHERE enrich_wanted.tenant = ?1 AND enrich_wanted.state = 'waiting' AND jobs.state IN ('queued', 'running', 'waiting')",
        )?
        .query_map([tenant], |row| Ok(clue::from_text(&row.get::<_, String>(0)?).canonical()))?
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(version: i64, ids: &[&str]) -> Asked {
        let people = ids.iter().map(|id| (*id).to_owned()).collect();
        Asked { what: EnrichWhat::People, whom: EnrichWhom::People { people }, version, hour: 0 }
    }

    #[test]
    fn who_was_meant_is_kept_for_the_same_question_of_the_same_file_and_for_no_other() {
        let last = LastMeant::default();
        let line = (Some("a".to_owned()), Known::Person(Knowledge::default()));
        let meant = Arc::new(Meant { lines: vec![line.clone()], whose: None });
        last.hold(asked(1, &["a"]), &meant);
        assert!(last.of(&asked(1, &["a"])).is_some_and(|kept| Arc::ptr_eq(&kept, &meant)));
        assert!(last.of(&asked(2, &["a"])).is_none(), "something was written since");
        assert!(last.of(&asked(1, &["b"])).is_none());
        last.forget();
        assert!(last.of(&asked(1, &["a"])).is_none());
        let many = Arc::new(Meant { lines: vec![line; MOST_HELD + 1], whose: None });
        last.hold(asked(1, &["a"]), &many);
        assert!(last.of(&asked(1, &["a"])).is_none(), "that many are too much to keep");
    }
}
