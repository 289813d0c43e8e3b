//! What is left of an enrichment that stands: whom it would still ask for by now, and what that can cost at most. Whoever
//! became known since it was agreed to is not priced again. Makes no call.

use uuid::Uuid;

use super::asked::EnrichWhat;
use super::journal::Journal;
use super::order::EnrichOrder;
use super::room::{Spending, SpendingOf};
use super::standing::{Known, Standing, Wish};
use crate::apollo::enrichment::Reveal;
use crate::credits::Credits;
use crate::error::Error;
use crate::export::ExportEstimate;
use crate::foray::Foray;
use crate::tenant::TenantId;

/// The bounds on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rest {
    people: usize,
    calls: usize,
    at_most: Credits,
    /// Bound on the first of them; of nobody where nobody is left.
    next: Credits,
}

impl Rest {
    /// Of lines in the order in which they are asked for.
    fn of(what: EnrichWhat, wish: Wish, lines: &[(String, Known)]) -> Self {
        let reveals: Vec<Reveal> = lines
            .iter()
            .filter(|(_, known)| known.standing(wish) == Standing::ToAsk)
            .map(|(_, known)| known.reveal(wish))
            .collect();
        // No request asks for mobiles of some of its people alone, and none goes past those that come next.
        let alike = reveals.chunk_by(|one, other| one == other);
        Self {
            people: reveals.len(),
            calls: alike.map(|people| people.len().div_ceil(what.most_at_once())).sum(),
            at_most: reveals.iter().map(|reveal| what.price(*reveal)).sum(),
            next: reveals.first().map_or(Credits::NONE, |reveal| what.price(*reveal)),
        }
    }
}

impl Foray {
    /// The bound on what is left of a job, and what caps and account leave for it.
    ///
    /// # Errors
    /// The disk.
    pub(crate) async fn price_of_rest(
        &self,
        tenant: TenantId,
        job: Uuid,
        order: &EnrichOrder,
    ) -> Result<ExportEstimate, Error> {
        let lines = self.journal(tenant).await?.waiting(job).await?;
        let Rest { people, calls, at_most, next } = Rest::of(order.what, order.terms.wish(), &lines);
        let spending = Spending {
            of: SpendingOf::Enrichment,
            at_most,
            next,
            max_credits: order.max_credits,
            job: Some(job),
            has_free_part: false,
        };
        Ok(ExportEstimate {
            calls_at_most: u32::try_from(calls).unwrap_or(u32::MAX),
            credits_at_most: u32::try_from(at_most.ceil()).unwrap_or(u32::MAX),
            people: Some(people as u64),
            room: self.room(tenant, spending).await?,
        })
    }
}

impl Journal {
    /// Whether anybody of those who wait is still to be asked for, by what is known of them now.
    ///
    /// # Errors
    /// The disk.
    pub(super) async fn is_anybody_to_ask(&self, job: Uuid, order: &EnrichOrder) -> Result<bool, Error> {
        let wish = order.terms.wish();
        Ok(self.waiting(job).await?.iter().any(|(_, known)| known.standing(wish) == Standing::ToAsk))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::enrich::standing::{Before, Knowledge, Told};

    const MOBILES: Wish =
        Wish { reveal: Reveal { personal_emails: false, mobiles: true }, not_found_again: false, in_full: false };

    fn lines(people: impl IntoIterator<Item = Knowledge>) -> Vec<(String, Known)> {
        people.into_iter().map(|known| ("somebody".to_owned(), Known::Person(known))).collect()
    }

    #[test]
    fn who_became_known_meanwhile_is_not_priced_and_each_request_asks_alike() {
        let unknown = Knowledge::default();
        let known = Knowledge { email: Told::Told, mobile: Told::Told, ..unknown };
        let lost = Knowledge { before: Before::Undecided, ..unknown };
        let without_address = Knowledge { mobile: Told::Told, ..unknown };
        let waiting = lines([unknown, known, unknown, lost, without_address, unknown]);
        let rest = Rest::of(EnrichWhat::People, MOBILES, &waiting);
        let credits = Credits::whole;
        assert_eq!(rest, Rest { people: 4, calls: 3, at_most: credits(9 * 3 + 1), next: credits(9) });
        let many = Rest::of(EnrichWhat::People, Wish::default(), &lines([unknown; 21]));
        assert_eq!((many.calls, many.at_most), (3, credits(21)));
        let nobody = Rest::of(EnrichWhat::People, MOBILES, &lines([known]));
        assert_eq!(nobody, Rest { people: 0, calls: 0, at_most: Credits::NONE, next: Credits::NONE });
    }
}
