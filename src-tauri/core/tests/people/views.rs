//! Views of the store: searched while typing, narrowed by facets, sorted by several columns, picked from. Held against a plain
//! look at each person.

use foray_core::Error;
use foray_core::clock::timestamp;
use foray_core::people::{
    Among, Facet, FacetChoice, FetchedPage, PeopleFacets, PeopleQuery, Person, Picked, Sort, SortColumn, StoredPerson,
};
use proptest::prelude::*;

use crate::{DAY, NOW, Shelf, everybody, full, ids, page, person, told};

fn typed(text: &str) -> PeopleQuery {
    PeopleQuery { text: text.to_owned(), ..everybody("name") }
}

fn choice(facet: Facet, values: &[&str]) -> FacetChoice {
    FacetChoice { facet, values: values.iter().map(|value| told(value)).collect() }
}

fn chosen(choices: &[FacetChoice]) -> PeopleQuery {
    PeopleQuery { facets: choices.to_vec(), now_ms: NOW, ..everybody("name") }
}

/// Values of a facet with their people; `-` for what is not known.
fn counts(facets: &PeopleFacets, facet: Facet) -> Vec<(String, u64)> {
    let found = facets.facets.iter().find(|counts| counts.facet == facet).unwrap();
    found.values.iter().map(|count| (count.value.clone().unwrap_or("-".to_owned()), count.people)).collect()
}

fn counted(values: &[(&str, u64)]) -> Vec<(String, u64)> {
    values.iter().map(|(value, people)| ((*value).to_owned(), *people)).collect()
}

async fn shelf() -> Shelf {
    let shelf = Shelf::new();
    let ana = Person {
        title: told("VP, Sales"),
        seniority: told("vp"),
        functions: told("marketing, sales"),
        organization_name: told("Ærø Straßenbau"),
        city: told("Köln"),
        country: told("Germany"),
        email_status: told("verified"),
        ..person("ana", "Ana Sørensen")
    };
    let bo = Person {
        title: told("Head of Sales"),
        seniority: told("head"),
        functions: told("sales"),
        organization_name: told("Acme 41"),
        city: told("Wien"),
        state: told("Vienna"),
        country: told("Austria"),
        ..person("bo", "Bo O’Brien")
    };
    let stub = Person { first_name: told("Émile"), last_name_obfuscated: told("Li***g"), ..person("stub", "") };
    shelf.record(FetchedPage { fetched_at: timestamp(NOW - 10 * DAY), ..full(vec![ana]) }).await;
    shelf.record(full(vec![bo])).await;
    shelf.record(FetchedPage { page: 2, ..page(vec![stub]) }).await;
    shelf
}

#[tokio::test]
async fn each_typed_word_begins_a_word_of_name_title_company_or_place() {
    let shelf = shelf().await;
    let found = async |text: &str| ids(&shelf.store, typed(text)).await;
    assert_eq!(found("sal").await, ["ana", "bo"]);
    assert_eq!(found("SALES wie").await, ["bo"]);
    assert_eq!(found("vie").await, ["bo"], "a state is part of the place");
    assert_eq!(found("41").await, ["bo"]);
    assert_eq!(found("ales").await, Vec::<String>::new(), "a word is found by its beginning");
    assert_eq!(found("sales berlin").await, Vec::<String>::new(), "every word counts");
    assert_eq!(found(" – ").await.len(), 3, "no word at all narrows nothing");
}

#[tokio::test]
async fn accents_and_foreign_letters_are_found_by_plain_ones_and_by_themselves() {
    let shelf = shelf().await;
    for text in ["sorensen", "SØREN", "aero strasse", "ÆRØ", "koln", "Köln", "straßen"] {
        assert_eq!(ids(&shelf.store, typed(text)).await, ["ana"], "{text}");
    }
    for text in ["emile", "Émi", "li"] {
        assert_eq!(ids(&shelf.store, typed(text)).await, ["stub"], "{text}");
    }
    assert_eq!(ids(&shelf.store, typed("o'br")).await, ["bo"]);
}

#[tokio::test]
async fn a_facet_is_counted_over_what_text_and_the_other_facets_let_through() {
    let shelf = shelf().await;
    let facets = async |query: PeopleQuery| shelf.store.facets(query, None).await.unwrap();
    let all = facets(chosen(&[])).await;
    assert_eq!(all.total, 3);
    assert_eq!(counts(&all, Facet::Seniority), counted(&[("vp", 1), ("head", 1), ("-", 1)]), "by rank, unknown last");
    assert_eq!(counts(&all, Facet::Country), counted(&[("Austria", 1), ("Germany", 1), ("-", 1)]));
    assert_eq!(counts(&all, Facet::EmailStatus), counted(&[("verified", 1), ("-", 2)]));
    assert_eq!(counts(&all, Facet::Source), counted(&[("search", 2), ("stub", 1)]));
    assert_eq!(counts(&all, Facet::Age), counted(&[("day", 2), ("month", 1)]));
    let german = chosen(&[choice(Facet::Country, &["Germany", "Norway"])]);
    assert_eq!(ids(&shelf.store, german.clone()).await, ["ana"]);
    let narrowed = facets(german).await;
    assert_eq!(narrowed.total, 1);
    assert_eq!(counts(&narrowed, Facet::Seniority), counted(&[("vp", 1)]));
    let countries = counted(&[("Austria", 1), ("Germany", 1), ("Norway", 0), ("-", 1)]);
    assert_eq!(counts(&narrowed, Facet::Country), countries, "its own other values stay in sight");
    let unknown = chosen(&[choice(Facet::Seniority, &[""])]);
    assert_eq!(ids(&shelf.store, unknown).await, ["stub"]);
    let recent = chosen(&[choice(Facet::Age, &["day"]), choice(Facet::Source, &["search"])]);
    assert_eq!(ids(&shelf.store, recent).await, ["bo"]);
    let searched = facets(PeopleQuery { text: "sales".to_owned(), ..chosen(&[]) }).await;
    assert_eq!((searched.total, counts(&searched, Facet::Age)), (2, counted(&[("day", 1), ("month", 1)])));
}

#[tokio::test]
async fn who_works_in_several_functions_counts_for_each_and_is_found_by_any() {
    let shelf = shelf().await;
    let facets = async |query: PeopleQuery| shelf.store.facets(query, None).await.unwrap();
    let all = counted(&[("sales", 2), ("marketing", 1), ("-", 1)]);
    assert_eq!(counts(&facets(chosen(&[])).await, Facet::Function), all);
    let marketing = chosen(&[choice(Facet::Function, &["marketing"])]);
    assert_eq!(ids(&shelf.store, marketing.clone()).await, ["ana"]);
    assert_eq!(counts(&facets(marketing).await, Facet::Function), all, "its own other values stay in sight");
    assert_eq!(ids(&shelf.store, chosen(&[choice(Facet::Function, &["marketing", "sales"])])).await, ["ana", "bo"]);
    assert_eq!(ids(&shelf.store, chosen(&[choice(Facet::Function, &["", "marketing"])])).await, ["ana", "stub"]);
    assert_eq!(ids(&shelf.store, chosen(&[choice(Facet::Function, &["sale"])])).await, Vec::<String>::new());
    let german = facets(chosen(&[choice(Facet::Country, &["Germany"])])).await;
    assert_eq!(counts(&german, Facet::Function), counted(&[("marketing", 1), ("sales", 1)]));
}

#[tokio::test]
async fn industry_and_headcount_are_those_that_a_question_asked_for_alone() {
    let shelf = shelf().await;
    let question = |industries: &[&str], number: u32, id: &str| {
        let input = foray_core::persona::FiltersInput {
            industries: industries.iter().map(|name| (*name).to_owned()).collect(),
            company_sizes: vec!["51,100".to_owned()],
            ..Default::default()
        };
        let filters = crate::filters(&input);
        let question = foray_core::cache::QuestionHash::of(&filters).unwrap();
        FetchedPage { question, filters, page: number, ..page(vec![person(id, "")]) }
    };
    let facets = async || shelf.store.facets(chosen(&[]), None).await.unwrap();
    assert_eq!(counts(&facets().await, Facet::Industry), counted(&[("-", 3)]));
    shelf.record(question(&["machinery"], 1, "bo")).await;
    shelf.record(question(&["machinery", "retail"], 1, "ana")).await;
    assert_eq!(counts(&facets().await, Facet::Industry), counted(&[("machinery", 1), ("-", 2)]));
    assert_eq!(counts(&facets().await, Facet::Headcount), counted(&[("51,100", 2), ("-", 1)]));
    let of = async |values: &[&str]| ids(&shelf.store, chosen(&[choice(Facet::Industry, values)])).await;
    assert_eq!(of(&["machinery"]).await, ["bo"]);
    assert_eq!(of(&["machinery", "retail"]).await, ["bo"], "who was found by asking for either may be of the other");
    assert_eq!(of(&[""]).await, ["ana", "stub"]);
}

#[tokio::test]
async fn several_columns_decide_one_after_the_other() {
    let shelf = Shelf::new();
    let one = |id: &str, title: &str, company: &str| Person {
        title: told(title),
        organization_name: told(company),
        ..person(id, "")
    };
    let people =
        vec![one("1", "b", "x"), one("2", "A", "x"), one("3", "a", "y"), one("4", "", "y"), one("5", "á", "x")];
    shelf.record(full(people)).await;
    assert_eq!(shelf.everybody("company title").await, ["2", "5", "1", "3", "4"]);
    assert_eq!(shelf.everybody("-company title").await, ["3", "4", "2", "5", "1"]);
    assert_eq!(shelf.everybody("title -company").await, ["3", "2", "5", "1", "4"]);
}

#[tokio::test]
async fn a_selection_is_these_people_or_all_of_a_view_but_these() {
    let shelf = shelf().await;
    let only = |ids: &[&str]| Picked::Only { ids: ids.iter().map(|id| (*id).to_owned()).collect() };
    let all_but = |ids: &[&str]| Picked::AllBut { ids: ids.iter().map(|id| (*id).to_owned()).collect() };
    let found =
        async |picked: Picked, query: PeopleQuery| shelf.store.ids(PeopleQuery { picked, ..query }).await.unwrap();
    assert_eq!(found(only(&["bo", "nobody", "ana"]), everybody("name")).await, ["ana", "bo"]);
    assert_eq!(found(only(&["bo", "ana"]), everybody("")).await, ["bo", "ana"], "the newest first");
    assert_eq!(found(all_but(&["bo"]), everybody("-name")).await, ["stub", "ana"]);
    assert_eq!(found(all_but(&["bo"]), typed("sales")).await, ["ana"]);
    assert_eq!(found(all_but(&["ana"]), everybody("")).await, ["stub", "bo"]);
}

#[tokio::test]
async fn a_key_that_was_pressed_meanwhile_supersedes_the_one_before() {
    let shelf = shelf().await;
    assert_eq!(shelf.store.window(typed("an"), 0, 200, Some(2)).await.unwrap().total, 1);
    assert_eq!(shelf.store.window(typed("b"), 0, 200, Some(1)).await, Err(Error::Superseded));
    assert_eq!(shelf.store.facets(typed("b"), Some(1)).await, Err(Error::Superseded));
    assert_eq!(shelf.store.window(typed("b"), 0, 200, None).await.unwrap().total, 1, "nobody typed that");
}

#[tokio::test]
async fn one_workspace_never_finds_anothers_people_and_searching_writes_nothing() {
    let (one, other) = (shelf().await, Shelf::new());
    other.record(full(vec![person("zoe", "Zoe")])).await;
    let files = || walk(one.folder.path());
    let before = files();
    assert_eq!(ids(&other.store, typed("ana")).await, Vec::<String>::new());
    assert_eq!(ids(&one.store, typed("zoe")).await, Vec::<String>::new());
    assert_eq!(ids(&one.store, typed("ana")).await, ["ana"]);
    assert_eq!(counts(&other.store.facets(chosen(&[]), None).await.unwrap(), Facet::Source), counted(&[("search", 1)]));
    assert_eq!(files(), before);
}

/// All files with their bytes; SQLite's index of its journal, which counts readers, apart.
fn walk(folder: &std::path::Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(walk(&path));
        } else if path.extension().is_none_or(|end| end != "sqlite-shm") {
            files.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
    files.sort();
    files
}

prop_compose! {
    fn somebody()(
        id in 0..30_u8,
        name in "(Ana|Bo|Élise|Zoë)? ?(Keil|Løv|Straß|O'B)?",
        title in prop::sample::select(&["VP Sales", "vp, sales", "Head 7", "Head 41", ""][..]),
        seniority in prop::sample::select(&["vp", "head", "king", ""][..]),
        company in prop::sample::select(&["Acme", "ÁCME", "Zäh", ""][..]),
        place in prop::sample::select(&[("Köln", "", "Germany"), ("", "Vienna", "Austria"), ("Wien", "Vienna", "Austria"), ("", "", "")][..]),
        email_status in prop::sample::select(&["verified", "unavailable", "likely to engage", ""][..]),
        functions in prop::sample::select(&["sales", "finance, sales", "deep_sea_diving", ""][..]),
        day in 0..40_i64,
        rich in any::<bool>(),
    ) -> FetchedPage {
        let one = Person {
            title: told(title), seniority: told(seniority), organization_name: told(company), city: told(place.0),
            state: told(place.1), country: told(place.2), email_status: told(email_status), functions: told(functions),
            ..person(&id.to_string(), name.trim())
        };
        let told_at = timestamp(NOW - day * DAY);
        FetchedPage { fetched_at: told_at, ..if rich { full(vec![one]) } else { page(vec![one]) } }
    }
}

fn query() -> impl Strategy<Value = PeopleQuery> {
    let text = prop::sample::select(&["", "a", "k ", "sal v", "STRA", "løv", "lov 4", "wien", "z", "bo acme", "7"][..]);
    let facets = prop::collection::vec(
        prop::sample::select(vec![
            choice(Facet::Seniority, &["vp", ""]),
            choice(Facet::Country, &["Austria"]),
            choice(Facet::Function, &["sales"]),
            choice(Facet::Function, &["finance", ""]),
            choice(Facet::EmailStatus, &["verified", "unavailable"]),
            choice(Facet::Source, &["stub"]),
            choice(Facet::Source, &[]),
        ]),
        0..2,
    );
    let sorts = prop::collection::vec(
        (prop::sample::select(&SortColumn::ALL[..]), any::<bool>())
            .prop_map(|(column, descending)| Sort { column, descending }),
        0..3,
    );
    (text, facets, sorts).prop_map(|(text, facets, sort)| PeopleQuery {
        text: text.to_owned(),
        facets,
        sort,
        now_ms: NOW,
        ..PeopleQuery::of(Among::Everybody)
    })
}

/// Lower case, plain letters, words apart; an apostrophe is within a word.
fn plain_words(text: &str) -> Vec<String> {
    let plain: String = text.to_lowercase().chars().filter(|letter| *letter != '\'').collect();
    let folded = [("é", "e"), ("á", "a"), ("ä", "a"), ("ë", "e"), ("ø", "o"), ("ö", "o"), ("ß", "ss")];
    let plain = folded.iter().fold(plain, |plain, (letter, by)| plain.replace(letter, by));
    plain.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Several of a list; one null of what is not known.
fn values_of(facet: Facet, one: &StoredPerson) -> Vec<Option<String>> {
    let list = |text: &str| text.split(", ").map(told).collect();
    match facet {
        Facet::Seniority => vec![one.person.seniority.clone()],
        Facet::Function => list(one.person.functions.as_deref().unwrap_or_default()),
        Facet::Country => vec![one.person.country.clone()],
        Facet::EmailStatus => vec![one.person.email_status.clone()],
        Facet::Source => vec![Some(one.source.as_str().to_owned())],
        Facet::Age | Facet::Industry | Facet::Headcount => vec![None],
    }
}

fn lets_through(query: &PeopleQuery, but: Option<Facet>, one: &StoredPerson) -> bool {
    let of = |part: &Option<String>| part.clone().unwrap_or_default();
    let Person { name, title, organization_name, city, state, country, .. } = &one.person;
    let words = plain_words(&[name, title, organization_name, city, state, country].map(of).join(" "));
    let searched =
        plain_words(&query.text).iter().all(|begun| words.iter().any(|word| word.starts_with(begun.as_str())));
    let choices = query.facets.iter().filter(|choice| Some(choice.facet) != but && !choice.values.is_empty());
    searched
        && choices
            .into_iter()
            .all(|choice| values_of(choice.facet, one).iter().any(|value| choice.values.contains(value)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_view_is_what_a_plain_look_at_everybody_finds_also_while_pages_land_here_and_elsewhere(
        changes in prop::collection::vec((prop::collection::vec(somebody(), 1..8), prop::collection::vec(query(), 1..4)), 1..5),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let shelf = Shelf::new();
            // It has its own columns in memory, as another process does.
            let other = shelf.elsewhere();
            for (turn, (pages, queries)) in changes.into_iter().enumerate() {
                let writer = if turn % 2 == 0 { &shelf.store } else { &other };
                writer.record(pages).await.unwrap();
                let all = shelf.store.window(PeopleQuery::of(Among::Everybody), 0, u32::MAX, None).await.unwrap().people;
                let everybody = Picked::Only { ids: all.iter().map(|one| one.person.id.clone()).collect() };
                for query in queries {
                    let mut found = ids(&shelf.store, query.clone()).await;
                    let anew = ids(&shelf.elsewhere(), query.clone()).await;
                    assert_eq!(found, anew, "mended as read anew: {query:?}");
                    assert_eq!(found, ids(&other, query.clone()).await, "mended elsewhere: {query:?}");
                    let few = PeopleQuery { picked: everybody.clone(), ..query.clone() };
                    assert_eq!(found, ids(&shelf.store, few).await, "the few as the many: {query:?}");
                    found.sort();
                    let mut wanted: Vec<String> = all.iter().filter(|one| lets_through(&query, None, one)).map(|one| one.person.id.clone()).collect();
                    wanted.sort();
                    assert_eq!(found, wanted, "{query:?}");
                    let facets = shelf.store.facets(query.clone(), None).await.unwrap();
                    assert_eq!(facets.total, wanted.len() as u64);
                    for facet in [Facet::Seniority, Facet::Function, Facet::Country, Facet::EmailStatus, Facet::Source] {
                        for (value, people) in counts(&facets, facet) {
                            let is_one = |one: &&StoredPerson| lets_through(&query, Some(facet), one) && values_of(facet, one).iter().any(|one| one.as_deref().unwrap_or("-") == value);
                            assert_eq!(people, all.iter().filter(is_one).count() as u64, "{facet:?} {value} {query:?}");
                        }
                    }
                }
            }
        });
    }
}
