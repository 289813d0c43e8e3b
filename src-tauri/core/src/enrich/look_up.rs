//! What became of requests that may have been charged, by Apollo's own count of credits used. The count is the whole team's:
//! it decides only what nothing else can explain, so it is best asked right after a request was lost.

use crate::credits::Credits;

/// Apollo's count at two moments, and what is known to lie between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// Consumed, before the first of the undecided requests went out.
    pub before: Credits,
    /// Consumed, after the last of them can have been charged.
    pub now: Credits,
    /// What other requests of this key were charged in between.
    pub settled: Credits,
}

/// What the figures say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookedUp {
    /// What each request cost, in their order.
    Decided(Vec<Credits>),
    /// What they cost together, and no more than that.
    Together(Credits),
    /// More was used than these requests can have cost: somebody else of the team was at work.
    SomebodyElse { unexplained: Credits },
    /// The count is lower than it was: another billing cycle, or credits given back.
    CountedAnew,
}

/// `bounds` are what the undecided requests can have cost each, in the order they went out.
pub fn look_up(bounds: &[Credits], figures: Figures) -> LookedUp {
    let used = figures.now.checked_sub(figures.before);
    let Some(unexplained) = used.and_then(|used| used.checked_sub(figures.settled)) else {
        return LookedUp::CountedAnew;
    };
    let most: Credits = bounds.iter().copied().sum();
    match bounds {
        _ if unexplained > most => LookedUp::SomebodyElse { unexplained },
        _ if unexplained.is_none() => LookedUp::Decided(vec![Credits::NONE; bounds.len()]),
        [_] => LookedUp::Decided(vec![unexplained]),
        _ if unexplained == most => LookedUp::Decided(bounds.to_vec()),
        _ => LookedUp::Together(unexplained),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(used: u64, settled: u64, bounds: &[u64]) -> LookedUp {
        let whole = Credits::whole;
        let bounds: Vec<Credits> = bounds.iter().copied().map(whole).collect();
        look_up(&bounds, Figures { before: whole(100), now: whole(100 + used), settled: whole(settled) })
    }

    #[test]
    fn a_single_request_cost_what_nothing_else_explains() {
        assert_eq!(after(12, 5, &[10]), LookedUp::Decided(vec![Credits::whole(7)]));
        assert_eq!(after(5, 5, &[10]), LookedUp::Decided(vec![Credits::NONE]));
        assert_eq!(after(16, 5, &[10]), LookedUp::SomebodyElse { unexplained: Credits::whole(11) });
    }

    #[test]
    fn several_are_decided_where_they_cost_nothing_or_all_and_known_together_otherwise() {
        assert_eq!(after(0, 0, &[10, 8]), LookedUp::Decided(vec![Credits::NONE; 2]));
        assert_eq!(after(18, 0, &[10, 8]), LookedUp::Decided(vec![Credits::whole(10), Credits::whole(8)]));
        assert_eq!(after(10, 0, &[10, 8]), LookedUp::Together(Credits::whole(10)));
    }

    #[test]
    fn a_count_that_went_down_says_nothing() {
        let figures = Figures { before: Credits::whole(100), now: Credits::whole(3), settled: Credits::NONE };
        assert_eq!(look_up(&[Credits::whole(10)], figures), LookedUp::CountedAnew);
        assert_eq!(after(3, 5, &[10]), LookedUp::CountedAnew, "less was used than is known to have been");
    }
}
