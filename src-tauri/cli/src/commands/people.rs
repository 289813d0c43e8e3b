//! `people list | show | runs | export`: everybody ever fetched in a workspace. Makes no call. `people enrich` and
//! `people undecided`, which do, stand in files of their own.

use foray_core::Error;
use foray_core::export::Flavour;
use foray_core::people::fact::{Fact, FactSource};
use foray_core::people::{
    Among, CompanyFact, Facet, FacetChoice, PeopleFile, PeopleFilter, PeopleQuery, PeopleWindow, PersonDetails, Picked,
    Run, Sort, ToldJob, function,
};
use foray_core::persona::{Filters, FiltersInput};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;

use super::wanted;
use crate::args::{People, Target, Whom};
use crate::exit::{DONE, Failure};
use crate::output::{counted, grouped, moment};
use crate::session::{Needs, Session};
use crate::{output, table};

pub fn target(command: &People) -> &Target {
    match command {
        People::List { target, .. }
        | People::Show { target, .. }
        | People::Runs { target, .. }
        | People::Export { target, .. } => target,
        People::Enrich(enrich) => &enrich.target,
        People::Undecided(command) => super::undecided::target(command),
    }
}

pub fn needs(command: &People) -> Needs {
    match command {
        People::Enrich(_) => Needs::Calls,
        People::Undecided(command) => super::undecided::needs(command),
        _ => Needs::Data,
    }
}

pub async fn run(session: &Session, command: People) -> Result<u8, Failure> {
    match command {
        People::List { whom, sort, limit, skip, json, .. } => {
            let query = query(session, whom, &sort).await?;
            let window = session.foray.people(session.tenant(), query, skip, limit).await?;
            if json {
                let PeopleWindow { total, offset, people, .. } = &window;
                output::print_json(&json!({"total": total, "offset": offset, "people": people}))?;
            } else {
                output::print_lines(&listed(&window))?;
            }
        }
        People::Show { id, json, .. } => {
            let details =
                session.foray.person(session.tenant(), id.trim()).await.map_err(|error| unknown(error, &id))?;
            if json {
                output::print_json(&details)?;
            } else {
                output::print_lines(&shown(&details, session.workspace.sample))?;
            }
        }
        People::Runs { json, .. } => {
            let runs = session.foray.runs(session.tenant()).await?;
            if json {
                output::print_json(&json!({"runs": runs}))?;
            } else {
                let none = "No run in this workspace: nothing was searched for yet.";
                output::print_list(&runs.iter().map(run_in_words).collect::<Vec<_>>(), none)?;
            }
        }
        People::Export { whom, sort, except, to, flavour, with_functions, company_facts, .. } => {
            let company = if company_facts { CompanyFact::ALL.to_vec() } else { Vec::new() };
            let flavour = Flavour::parse(&flavour)?;
            let file = PeopleFile { path: to, flavour, functions: with_functions, company };
            let query = PeopleQuery { picked: Picked::AllBut { ids: except }, ..query(session, whom, &sort).await? };
            let done = session.foray.people_export(session.tenant(), query, &file).await?;
            for kept in &done.kept {
                output::tell(&format!("There was a file of this name; it is kept as “{kept}”."));
            }
            let rows = counted(done.rows, "person", "people");
            output::print_lines(&[format!("Exported {rows} to {} (no calls).", done.path)])?;
        }
        People::Enrich(enrich) => return super::enrich::run(session, enrich).await,
        People::Undecided(command) => return super::undecided::run(session, command).await,
    }
    Ok(DONE)
}

/// What to do about an id that nobody has.
fn unknown(error: Error, id: &str) -> Failure {
    match error {
        Error::NotFound { what, .. } if what == "person" => Failure::bad_input(
            "id",
            format!("Nobody with the id “{}” was fetched in this workspace. `people list` shows who was.", id.trim()),
        ),
        error => error.into(),
    }
}

async fn query(session: &Session, whom: Whom, sort: &[String]) -> Result<PeopleQuery, Failure> {
    let sort = sort.iter().map(|column| Sort::parse(column)).collect::<Result<_, Error>>()?;
    let filters =
        Filters::check(&FiltersInput::from(whom.filters)).map_err(|violations| Error::BadInput { violations })?;
    let changed_jobs_since = whom.changed_jobs_since.as_deref().map(day).transpose()?;
    let facets = functions(&whom.function)?;
    let among = among(session, whom.persona.as_deref(), whom.run).await?;
    let filter = PeopleFilter { filters, changed_jobs_since };
    let text = whom.search.unwrap_or_default();
    Ok(PeopleQuery { filter, text, facets, sort, ..PeopleQuery::of(among) })
}

/// The choice of those who work in one of these.
fn functions(texts: &[String]) -> Result<Vec<FacetChoice>, Error> {
    let values =
        texts.iter().map(|text| Ok(Some(function::parse(text)?.to_owned()))).collect::<Result<Vec<_>, Error>>()?;
    Ok(if values.is_empty() { Vec::new() } else { vec![FacetChoice { facet: Facet::Function, values }] })
}

pub async fn among(session: &Session, persona: Option<&str>, run: Option<i64>) -> Result<Among, Failure> {
    let (foray, tenant) = (&session.foray, session.tenant());
    match (persona, run) {
        (None, None) => Ok(Among::Everybody),
        (Some(_), Some(_)) => Err(Failure::bad_input("run", "Name a persona or a run, not both.")),
        (Some(name), None) => {
            let persona = foray.personas(tenant).await?.resolve(name).await?;
            let runs = foray.runs_of(tenant, &persona).await?;
            Ok(Among::Runs(runs.into_iter().map(|run| run.number).collect()))
        }
        (None, Some(number)) => {
            let known = foray.runs(tenant).await?.iter().any(|run| run.number == number);
            let message = format!("There is no run {number} in this workspace. `people runs` shows them.");
            if known { Ok(Among::Runs(vec![number])) } else { Err(Failure::bad_input("run", message)) }
        }
    }
}

/// The first moment of a day, as the clock on the wall has it.
fn day(text: &str) -> Result<Timestamp, Failure> {
    let day = text.parse::<jiff::civil::Date>().ok().and_then(|day| day.to_zoned(TimeZone::system()).ok());
    let message = || format!("“{text}” is no day. Write one such as 2026-03-01.");
    day.map(|day| day.timestamp()).ok_or_else(|| Failure::bad_input("changed_jobs_since", message()))
}

fn listed(window: &PeopleWindow) -> Vec<String> {
    let people: Vec<_> = window.people.iter().map(|stored| stored.person.clone()).collect();
    let mut lines = table::of(&people);
    let total = counted(window.total, "person", "people");
    lines.push(match (people.len() as u64, window.total) {
        (_, 0) => "Nobody.".to_owned(),
        (shown, all) if shown == all => format!("{total}."),
        (0, _) => format!("{total}; none behind the first {}.", grouped(window.offset)),
        (shown, _) => format!("{} to {} of {total}.", grouped(window.offset + 1), grouped(window.offset + shown)),
    });
    lines
}

fn shown(details: &PersonDetails, sample: bool) -> Vec<String> {
    let mut lines = vec![format!("Apollo's id: {}", details.person.person.id)];
    for told in &details.facts {
        let from = source(told.source, sample);
        lines.push(format!("{}: {} ({from}, {})", fact(told.fact), told.value, moment(told.told_at)));
    }
    for told in &details.company {
        let from = source(told.source, sample);
        lines.push(format!("{}: {} ({from}, {})", company_fact(told.fact), told.value, moment(told.told_at)));
    }
    for asked in &details.answered_for {
        lines.push(format!("Apollo answered with this person when it was asked for {asked}, which it was paid for."));
    }
    if details.jobs.len() > 1 {
        lines.push("Jobs, the one told last first:".to_owned());
        lines.extend(details.jobs.iter().map(|job| format!("  {}", job_in_words(job))));
    }
    if let Some(change) = details.person.changed_jobs {
        lines.push(format!("Changed jobs between {} and {}.", moment(change.after), moment(change.by)));
    }
    lines
}

fn job_in_words(job: &ToldJob) -> String {
    let title = job.title.as_deref().unwrap_or("title not told");
    let employer = job.employer.as_deref().unwrap_or("employer not told");
    format!("{title} at {employer}, told {} to {}", moment(job.first_at), moment(job.last_at))
}

fn run_in_words(run: &Run) -> String {
    let question: Vec<String> =
        wanted::in_words(&run.filters).iter().map(|(name, values)| format!("{name}: {values}")).collect();
    let matching = run.total_entries.map_or_else(String::new, |total| format!("{} matching, ", grouped(total)));
    format!(
        "{}\t{}\t{matching}{} fetched, {} different\t{}, {}\t{}",
        run.number,
        moment(run.last_at),
        grouped(run.rows),
        grouped(run.people),
        counted(run.calls_spent.into(), "call", "calls"),
        run.credits_spent.map_or_else(|| "credits not told".to_owned(), output::credits),
        question.join(" | ")
    )
}

fn source(source: FactSource, sample: bool) -> &'static str {
    match source {
        FactSource::Search | FactSource::Stub | FactSource::Enrichment if sample => "made up",
        FactSource::Search => "from Apollo's full search",
        FactSource::Stub => "from Apollo's free search",
        FactSource::Enrichment => "from an enrichment",
        FactSource::Import => "from an import",
        FactSource::Typed => "typed",
    }
}

fn fact(fact: Fact) -> &'static str {
    match fact {
        Fact::Name => "Name",
        Fact::FirstName => "First name",
        Fact::LastName => "Last name",
        Fact::LastNameObfuscated => "Last name, shortened",
        Fact::Title => "Title",
        Fact::Seniority => "Seniority",
        Fact::Functions => "Works in",
        Fact::Headline => "Headline",
        Fact::Email => "E-mail",
        Fact::EmailStatus => "E-mail status",
        Fact::Phone => "Phone",
        Fact::LinkedinUrl => "LinkedIn",
        Fact::City => "City",
        Fact::State => "State",
        Fact::Country => "Country",
        Fact::OrganizationName => "Company",
        Fact::OrganizationId => "Apollo's id of the company",
        Fact::OrganizationDomain => "Company's domain",
        Fact::HasEmail => "Has an e-mail",
        Fact::HasDirectPhone => "Has a direct phone",
    }
}

fn company_fact(fact: CompanyFact) -> &'static str {
    match fact {
        CompanyFact::Industry => "Company's industry",
        CompanyFact::Employees => "Company's employees",
        CompanyFact::FoundedYear => "Company founded in",
        CompanyFact::AnnualRevenue => "Company's revenue a year, US dollars",
        CompanyFact::City => "Company's city",
        CompanyFact::State => "Company's state",
        CompanyFact::Country => "Company's country",
        CompanyFact::WebsiteUrl => "Company's website",
        CompanyFact::LinkedinUrl => "Company's LinkedIn page",
        CompanyFact::Phone => "Company's phone",
        CompanyFact::Keywords => "Company's keywords",
        CompanyFact::Technologies => "Company's technologies",
        CompanyFact::Description => "What the company does",
    }
}
