//! What is worth a notification, in words. Pure.

use std::path::Path;

use foray_core::enrich::EnrichWhat;
use foray_core::jobs::{Job, JobResult, JobState};

/// One notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    pub title: String,
    /// Plain text.
    pub text: String,
    /// The finished file, which can be shown in its folder.
    pub file: Option<String>,
}

impl News {
    /// None for what the user need not know at once.
    pub fn of(job: &Job) -> Option<Self> {
        match job.state {
            JobState::Done => Some(Self::done(job)),
            JobState::Failed | JobState::Paused => {
                let reason = job.reason.as_ref()?;
                let title = if job.state == JobState::Failed { "A job can't go on" } else { "A job is paused" };
                Some(Self::about(job, title, &reason.message))
            }
            // A pause that ends by itself at a known time needs nobody.
            JobState::Waiting if job.reason.as_ref().is_some_and(|reason| needs_the_user(&reason.code)) => {
                let reason = job.reason.as_ref()?;
                Some(Self::about(job, "A job waits for the Apollo key", &reason.message))
            }
            _ => None,
        }
    }

    fn done(job: &Job) -> Self {
        let about = |more: &str| format!("{} · {more}", job.title);
        let told = |title: String, text: String| Self { title, text, file: None };
        match &job.result {
            Some(JobResult::Export(done)) => {
                let name = Path::new(&done.path).file_name().map(|name| about(&name.to_string_lossy()));
                let text = name.unwrap_or_else(|| job.title.clone());
                Self { file: Some(done.path.clone()), ..told(format!("Exported {}", people(done.rows)), text) }
            }
            Some(JobResult::Rerun(done)) => told(format!("Fetched {}", people(done.rows)), job.title.clone()),
            Some(JobResult::Enrich(done)) => {
                let title = match (done.found, done.undecided, done.what) {
                    (0, 1.., _) => "An enrichment got no answer".to_owned(),
                    (0, 0, EnrichWhat::People) => "Nobody was found".to_owned(),
                    (0, 0, EnrichWhat::Companies) => "No company was found".to_owned(),
                    (found, _, EnrichWhat::People) => format!("Enriched {}", people(found)),
                    (found, _, EnrichWhat::Companies) => format!("Enriched {}", companies(found)),
                };
                told(title, about(&done.sentence))
            }
            None => told("A job is done".to_owned(), job.title.clone()),
        }
    }

    fn about(job: &Job, title: &str, why: &str) -> Self {
        Self { title: title.to_owned(), text: format!("{}: {why}", job.title), file: None }
    }
}

fn needs_the_user(code: &str) -> bool {
    ["key_missing", "key_rejected", "keyring", "forbidden", "endpoint_closed", "out_of_credits"].contains(&code)
}

fn companies(found: u64) -> String {
    if found == 1 { "1 company".to_owned() } else { format!("{found} companies") }
}

fn people(rows: u64) -> String {
    if rows == 1 { "1 person".to_owned() } else { format!("{rows} people") }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use foray_core::credits::Credits;
    use foray_core::enrich::EnrichDone;
    use foray_core::export::ExportDone;
    use foray_core::jobs::{Agreed, JobProgress, JobSpec, RerunInput};
    use foray_core::persona::FiltersInput;
    use foray_core::{Error, Reason, TenantId};
    use jiff::Timestamp;

    fn job(state: JobState, reason: Option<Reason>) -> Job {
        let rerun = RerunInput {
            persona_id: None,
            filters: FiltersInput::default(),
            past_cache: false,
            agreed: Agreed::default(),
        };
        Job {
            id: uuid::Uuid::nil(),
            workspace: TenantId::SAMPLE,
            title: "Sales leaders".to_owned(),
            spec: JobSpec::Rerun(rerun),
            state,
            reason,
            wish: None,
            by_itself: true,
            needs_consent: false,
            progress: JobProgress::default(),
            result: None,
            created_at: Timestamp::UNIX_EPOCH,
            started_at: None,
            ended_at: None,
        }
    }

    #[test]
    fn a_finished_export_says_how_many_and_can_be_shown() {
        let done = ExportDone {
            path: "/home/ana/leaders & co.csv".to_owned(),
            rows: 4_212,
            people_total: None,
            pages: 43,
            calls_spent: 43,
            credits_spent: None,
            notices: Vec::new(),
        };
        let job = Job { result: Some(JobResult::Export(done)), ..job(JobState::Done, None) };
        let news = News::of(&job).unwrap();
        assert_eq!(
            (news.title.as_str(), news.text.as_str()),
            ("Exported 4212 people", "Sales leaders · leaders & co.csv")
        );
        assert_eq!(news.file.as_deref(), Some("/home/ana/leaders & co.csv"));
    }

    #[test]
    fn a_finished_enrichment_tells_what_came_of_it_and_its_price() {
        let sentence = "1 asked · 0 found · 1 answered with somebody else, who is kept as such · 1 credit";
        let done = EnrichDone {
            what: EnrichWhat::People,
            asked: 1,
            found: 0,
            emails: 0,
            not_found: 0,
            elsewhere: 1,
            undecided: 0,
            left_out: 0,
            mobiles: 0,
            calls_spent: 2,
            charged: Credits::whole(1),
            unknown: Credits::NONE,
            sentence: sentence.to_owned(),
        };
        let news = News::of(&Job { result: Some(JobResult::Enrich(done)), ..job(JobState::Done, None) }).unwrap();
        assert_eq!((news.title.as_str(), news.text), ("Nobody was found", format!("Sales leaders · {sentence}")));
    }

    #[test]
    fn only_what_needs_the_user_is_told_on_the_way() {
        let at = Timestamp::UNIX_EPOCH;
        let waits = |error: Error| News::of(&job(JobState::Waiting, Some(error.reason())));
        assert!(waits(Error::RateLimited { reset_at: at }).is_none());
        assert!(waits(Error::Offline).is_none());
        assert!(waits(Error::KeyRejected).unwrap().text.starts_with("Sales leaders: Apollo refused"));
        assert!(News::of(&job(JobState::Paused, None)).is_none(), "the user paused it");
        assert!(News::of(&job(JobState::Paused, Some(Error::DiskFull { what: "x".to_owned() }.reason()))).is_some());
        for state in [JobState::Queued, JobState::Running, JobState::Cancelled] {
            assert!(News::of(&job(state, None)).is_none());
        }
    }
}
