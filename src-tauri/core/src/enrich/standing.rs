//! What a workspace knows of somebody, or of a company, and how they stand towards a wish: who is asked for, who is not, and
//! why not. Pure: what is known is read once, whatever is wished for then.

use crate::apollo::enrichment::Reveal;

/// What is known of a line of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    Person(Knowledge),
    Company(CompanyKnowledge),
}

/// What the workspace knows of somebody before they are paid for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Knowledge {
    pub email: Told,
    /// Tells only whether it was asked for: one that came stands as the e-mail address.
    pub private_email: Told,
    pub mobile: Told,
    pub before: Before,
}

/// What the workspace knows of a company before it is paid for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CompanyKnowledge {
    /// Industry and size came with one of its people.
    pub with_people: bool,
    /// Apollo has answered with it.
    pub bought: bool,
    pub before: Before,
}

/// Whether Apollo told something that is paid for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Told {
    #[default]
    NotYet,
    Told,
    /// It was asked and has none; asking again would bring none.
    ThereIsNone,
}

/// What came of asking for somebody before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Before {
    /// Nothing that stands in the way.
    #[default]
    Nothing,
    /// Apollo did not know them.
    NotFound,
    /// An enrichment that is under way asks for them, is about to, or waits for their mobiles.
    UnderWay,
    /// A request that holds them may have been charged without an answer. They are asked for again through that request
    /// alone, by the user's word.
    Undecided,
}

/// What the user wants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wish {
    pub reveal: Reveal,
    /// Asks again for those whom Apollo did not know.
    pub not_found_again: bool,
    /// Asks for companies too whose industry and size came with their people.
    pub in_full: bool,
}

/// How somebody stands towards a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    ToAsk,
    /// Nothing that is wished for is missing, as far as Apollo can tell.
    Known,
    NotFoundBefore,
    /// Another enrichment sees to them.
    UnderWay,
    /// To be decided by the user first; asking again could pay again.
    Undecided,
}

impl Knowledge {
    pub fn standing(self, wish: Wish) -> Standing {
        let has_address = match self.email {
            Told::Told => true,
            Told::ThereIsNone => !wish.reveal.personal_emails || self.private_email != Told::NotYet,
            Told::NotYet => false,
        };
        let nothing_missing = has_address && (self.mobile != Told::NotYet || !wish.reveal.mobiles);
        Standing::of(nothing_missing, self.before, wish)
    }

    /// What a request for them asks Apollo to reveal: no mobile that is known, or known not to be there, is paid for again.
    pub fn reveal(self, wish: Wish) -> Reveal {
        Reveal { mobiles: wish.reveal.mobiles && self.mobile == Told::NotYet, ..wish.reveal }
    }
}

impl CompanyKnowledge {
    /// It is known once Apollo has answered with it; unless it is wished for in full, also when its industry and size came
    /// with one of its people.
    pub fn standing(self, wish: Wish) -> Standing {
        Standing::of(self.bought || (self.with_people && !wish.in_full), self.before, wish)
    }
}

impl Known {
    /// Whom another enrichment is about to ask for: they wait for what it brings, unless the user has to decide
    /// about them first.
    #[must_use]
    pub fn about_to_be_asked(mut self) -> Self {
        let before = match &mut self {
            Self::Person(known) => &mut known.before,
            Self::Company(known) => &mut known.before,
        };
        if *before != Before::Undecided {
            *before = Before::UnderWay;
        }
        self
    }

    pub fn has_address(self) -> bool {
        matches!(self, Self::Person(Knowledge { email: Told::Told, .. }))
    }

    pub fn standing(self, wish: Wish) -> Standing {
        match self {
            Self::Person(known) => known.standing(wish),
            Self::Company(known) => known.standing(wish),
        }
    }

    /// What a request for them asks Apollo to reveal.
    pub fn reveal(self, wish: Wish) -> Reveal {
        match self {
            Self::Person(known) => known.reveal(wish),
            Self::Company(_) => Reveal::default(),
        }
    }
}

impl Standing {
    /// `known`: nothing that is wished for is missing.
    fn of(known: bool, before: Before, wish: Wish) -> Self {
        match before {
            Before::Undecided => Self::Undecided,
            Before::UnderWay => Self::UnderWay,
            _ if known => Self::Known,
            Before::NotFound if !wish.not_found_again => Self::NotFoundBefore,
            _ => Self::ToAsk,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNKNOWN: Knowledge =
        Knowledge { email: Told::NotYet, private_email: Told::NotYet, mobile: Told::NotYet, before: Before::Nothing };
    const WITH_EMAIL: Knowledge = Knowledge { email: Told::Told, ..UNKNOWN };
    const MOBILES: Wish =
        Wish { reveal: Reveal { personal_emails: false, mobiles: true }, not_found_again: false, in_full: false };

    #[test]
    fn who_is_known_depends_on_what_is_wished_for() {
        let no_address = Knowledge { email: Told::ThereIsNone, ..UNKNOWN };
        assert_eq!(no_address.standing(Wish::default()), Standing::Known, "asking again would bring none");
        assert_eq!(WITH_EMAIL.standing(MOBILES), Standing::ToAsk);
        for mobile in [Told::Told, Told::ThereIsNone] {
            assert_eq!(Knowledge { mobile, ..no_address }.standing(MOBILES), Standing::Known);
            assert_eq!(Knowledge { mobile, ..UNKNOWN }.standing(MOBILES), Standing::ToAsk);
        }
        let told_since = Knowledge { before: Before::NotFound, ..WITH_EMAIL };
        assert_eq!(told_since.standing(Wish::default()), Standing::Known);
    }

    #[test]
    fn who_is_in_another_enrichment_is_not_asked_for_beside_it_and_who_is_undecided_waits_for_the_user_all_the_same() {
        let again = Wish { not_found_again: true, ..Wish::default() };
        for before in [Before::Nothing, Before::NotFound, Before::UnderWay] {
            let known = Known::Person(Knowledge { before, ..UNKNOWN }).about_to_be_asked();
            assert_eq!(known.standing(again), Standing::UnderWay, "{before:?}");
        }
        let lost = Known::Person(Knowledge { before: Before::Undecided, ..UNKNOWN }).about_to_be_asked();
        assert_eq!(lost.standing(again), Standing::Undecided);
    }

    #[test]
    fn a_private_address_is_asked_for_where_there_is_no_other_and_once() {
        let private = Wish { reveal: Reveal { personal_emails: true, mobiles: false }, ..Wish::default() };
        let no_address = Knowledge { email: Told::ThereIsNone, ..UNKNOWN };
        assert_eq!(no_address.standing(private), Standing::ToAsk);
        let asked = Knowledge { private_email: Told::ThereIsNone, ..no_address };
        assert_eq!((asked.standing(private), asked.standing(Wish::default())), (Standing::Known, Standing::Known));
        assert_eq!(WITH_EMAIL.standing(private), Standing::Known);
    }

    #[test]
    fn a_company_that_came_with_its_people_is_asked_for_in_full_alone() {
        let in_full = Wish { in_full: true, ..Wish::default() };
        let with_people = CompanyKnowledge { with_people: true, ..CompanyKnowledge::default() };
        assert_eq!(
            (with_people.standing(Wish::default()), with_people.standing(in_full)),
            (Standing::Known, Standing::ToAsk)
        );
        let bought = CompanyKnowledge { bought: true, ..CompanyKnowledge::default() };
        assert_eq!(bought.standing(in_full), Standing::Known);
    }
}
