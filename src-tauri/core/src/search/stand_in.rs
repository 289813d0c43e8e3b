//! What answers when Apollo does not: old rows where the service is away for a while, else no rows and the reason.

use std::sync::Arc;

use super::attempt::Attempt;
use super::{EITHER, Searches, from_cache, joined};
use crate::access::Access;
use crate::answer::{Answer, Source};
use crate::error::Error;
use crate::persona::SearchRequest;

impl Searches {
    pub(super) async fn stand_in(
        &self,
        access: &Access,
        request: &SearchRequest,
        attempt: &Attempt,
        error: Error,
    ) -> Result<Answer, Error> {
        let kind = Failing::of(&error).ok_or_else(|| error.clone().after_calls(attempt.calls_spent))?;
        if kind == Failing::MayServeStale {
            let fixed = access.workspace.endpoint.fixed().map(|endpoint| vec![endpoint]);
            let candidates = fixed.unwrap_or_else(|| EITHER.to_vec());
            let kept = self.kept(access, &candidates, request).await.unwrap_or_default();
            if let Some(found) = kept {
                let mut answer = from_cache(found, request, Source::Stale);
                answer.calls_spent = attempt.calls_spent;
                answer.credits_spent = attempt.credits_spent;
                answer.notice = joined(&attempt.notices);
                answer.reason = Some(error.reason());
                return Ok(answer);
            }
        }
        Ok(Answer {
            source: Source::Empty,
            as_of: self.clock.now(),
            calls_spent: attempt.calls_spent,
            credits_spent: attempt.credits_spent,
            endpoint: attempt.endpoint,
            total_entries: None,
            page: request.page,
            page_size: request.page_size,
            total_pages: None,
            people: Arc::default(),
            notice: joined(&attempt.notices),
            reason: Some(error.reason()),
        })
    }
}

/// What may answer in place of a call that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Failing {
    MayServeStale,
    MustBeEmpty,
}

impl Failing {
    /// None for what is no matter of asking Apollo, such as a full disk: that is an error and no answer. Old rows stand in
    /// only where the service is away for a while; an answer that it does give, however odd, is what it says now.
    fn of(error: &Error) -> Option<Self> {
        match error {
            Error::BreakerOpen { .. }
            | Error::RateLimited { .. }
            | Error::Capped { .. }
            | Error::LedgerLost { .. }
            | Error::ApolloRateLimited { .. }
            | Error::TimedOut { .. }
            | Error::Unavailable { status: 408 | 500 | 502..=504 }
            | Error::ConnectionLost
            | Error::Unreachable
            | Error::Barred { .. }
            | Error::Offline => Some(Self::MayServeStale),
            Error::Unavailable { .. }
            | Error::Unreadable
            | Error::KeyMissing
            | Error::KeyRejected
            | Error::Forbidden { .. }
            | Error::OutOfCredits
            | Error::EndpointClosed { .. }
            | Error::Keyring { .. } => Some(Self::MustBeEmpty),
            _ => None,
        }
    }
}
