//! What an enrichment would ask, and what it would cost at most, before anything is paid: who is known is taken out, nobody
//! is asked for twice, the rest goes out in batches.

use std::collections::HashSet;
use std::hash::Hash;

use serde::Serialize;
use sha2::{Digest as _, Sha256};
use ts_rs::TS;

use super::asked::EnrichWhat;
use super::clue;
use super::room::Room;
use super::standing::{Known, Standing, Wish};
use crate::apollo::enrichment::{Clue, Reveal};
use crate::credits::{Credits, credits_in_words, grouped};

/// How many were selected, and why some of them are not asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub selected: usize,
    pub known: usize,
    pub not_found_before: usize,
    /// Asked for by an enrichment that is under way.
    pub under_way: usize,
    pub undecided: usize,
    /// Neither id nor address, link, or name and company; of a company no domain.
    pub nothing_to_ask_by: usize,
    /// Selected once more.
    pub repeated: usize,
    /// For whom the limit of its own pays no more.
    pub over_limit: usize,
}

/// Those of the selected who are not asked for, for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LeftOut {
    pub count: u64,
    /// What they are: “already known”.
    pub what: String,
    /// What that means: “cost nothing”.
    pub why: String,
}

/// People whose companies are selected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Whose {
    pub people: u64,
    /// Those of whose company no domain is known: it is not among the selected.
    pub without_domain: u64,
}

/// The questions to pay for; people by their clues, companies by domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan<Q: Eq + Hash> {
    pub counts: Counts,
    /// One request each, none empty; those that ask for mobiles as well come first.
    pub batches: Vec<Vec<Q>>,
    /// Of how many, from the front, mobiles are asked for.
    with_mobiles: usize,
    /// Bound for one question without mobiles.
    each: Credits,
    /// Bound on top of it for each mobile; none when none are asked for.
    mobile: Credits,
    what: EnrichWhat,
    /// Those whose address is known, and is paid for again with the mobile that is not.
    with_address: HashSet<Q>,
    /// Whose companies these are, where they were selected by their people.
    pub whose: Option<Whose>,
}

impl Plan<String> {
    /// What the price does not tell of people who are asked for by an address alone; empty where there are none.
    pub fn by_address_alone(&self) -> String {
        match self.batches.iter().flatten().filter(|text| matches!(clue::from_text(text), Clue::Email(_))).count() {
            0 => String::new(),
            count => format!(
                " · {} by an address alone: where Apollo has another one, it charges, and who comes is kept as somebody else",
                grouped(count as u64)
            ),
        }
    }

    /// Whom it asks for, in short: the same for the same people in the same order, and for no others.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for text in self.batches.iter().flatten() {
            hash.update(text);
            hash.update("\n");
        }
        let half = hash.finalize().iter().take(16).fold(0_u128, |half, byte| half << 8 | u128::from(*byte));
        format!("{half:032x}")
    }
}

impl<Q: Clone + Eq + Hash> Plan<Q> {
    /// People, or companies by domain, in the order in which they were selected, each with what is known of them.
    pub fn of(what: EnrichWhat, selected: impl IntoIterator<Item = (Option<Q>, Known)>, wish: Wish) -> Self {
        let each = what.price(Reveal::default());
        let mobile = what.price(wish.reveal).saturating_sub(each);
        let (mut counts, mut seen, mut with_address) = (Counts::default(), HashSet::new(), HashSet::new());
        let (mut with_mobiles, mut without) = (Vec::new(), Vec::new());
        for (question, known) in selected {
            counts.selected += 1;
            let Some(question) = question else {
                counts.nothing_to_ask_by += 1;
                continue;
            };
            if !seen.insert(question.clone()) {
                counts.repeated += 1;
                continue;
            }
            match known.standing(wish) {
                Standing::ToAsk if known.reveal(wish).mobiles => {
                    if known.has_address() {
                        with_address.insert(question.clone());
                    }
                    with_mobiles.push(question);
                }
                Standing::ToAsk => without.push(question),
                Standing::Known => counts.known += 1,
                Standing::NotFoundBefore => counts.not_found_before += 1,
                Standing::UnderWay => counts.under_way += 1,
                Standing::Undecided => counts.undecided += 1,
            }
        }
        let batches = batches(what, &with_mobiles, &without);
        Self { counts, batches, with_mobiles: with_mobiles.len(), each, mobile, what, with_address, whose: None }
    }

    /// As much of it, from the front, as cannot cost more than this.
    #[must_use]
    pub fn cut_to(&self, most: Credits) -> Self {
        let affordable = |left: Credits, each: Credits| {
            usize::try_from(left.thousandths() / each.thousandths().max(1)).unwrap_or(usize::MAX)
        };
        let questions: Vec<Q> = self.batches.iter().flatten().cloned().collect();
        let (with_mobiles, without) = questions.split_at(self.with_mobiles);
        let dear = affordable(most, self.each + self.mobile).min(with_mobiles.len());
        // Who comes behind somebody that is too dear waits with them: the front is what was selected first.
        let cheap = if dear < with_mobiles.len() {
            0
        } else {
            let left = most.saturating_sub((self.each + self.mobile).times(dear as u64));
            affordable(left, self.each).min(without.len())
        };
        let batches = batches(self.what, &with_mobiles[..dear], &without[..cheap]);
        let over_limit = self.to_enrich() - dear - cheap;
        Self { counts: Counts { over_limit, ..self.counts }, batches, with_mobiles: dear, ..self.clone() }
    }
}

/// One request after the other; none asks for mobiles of some of its people alone.
fn batches<Q: Clone>(what: EnrichWhat, with_mobiles: &[Q], without: &[Q]) -> Vec<Vec<Q>> {
    [with_mobiles, without].iter().flat_map(|people| people.chunks(what.most_at_once())).map(<[Q]>::to_vec).collect()
}

impl<Q: Eq + Hash> Plan<Q> {
    /// How many are asked for.
    pub fn to_enrich(&self) -> usize {
        self.batches.iter().map(Vec::len).sum()
    }

    pub fn calls(&self) -> usize {
        self.batches.len()
    }

    /// Bound on all of it, mobiles included.
    pub fn credits_at_most(&self) -> Credits {
        self.each.times(self.to_enrich() as u64) + self.mobiles_at_most()
    }

    /// Of that, what mobiles cost at most.
    pub fn mobiles_at_most(&self) -> Credits {
        self.mobile.times(self.with_mobiles as u64)
    }

    /// Of how many mobiles are asked for.
    pub fn with_mobiles(&self) -> usize {
        self.with_mobiles
    }

    /// Of these, how many have an address already: Apollo sells no mobile by itself.
    pub fn paid_again(&self) -> usize {
        self.batches.iter().flatten().filter(|question| self.with_address.contains(question)).count()
    }

    /// Bound on the first of those it asks for.
    pub fn next_at_most(&self) -> Credits {
        if self.with_mobiles > 0 { self.each + self.mobile } else { self.each }
    }

    /// What the dialog says: “100 selected · 62 already known · 38 to enrich in 4 calls · at most 38 credits · 1,204
    /// credits left”; of companies “40 people · 12 companies · 5 already known · …”. `free_calls` are made besides those that
    /// pay; `room` is none where what is left is no matter.
    pub fn sentence(&self, free_calls: u64, room: Option<&Room>) -> String {
        let mut parts = self.selected();
        parts.extend(self.left_out().iter().map(|LeftOut { count, what, .. }| format!("{} {what}", grouped(*count))));
        let (people, calls) = (self.to_enrich() as u64, self.calls() as u64);
        if people == 0 {
            parts.push("nothing to enrich".to_owned());
        } else {
            let calls_word = if calls == 1 { "call" } else { "calls" };
            let free = if free_calls == 0 { "" } else { " + 1 free call" };
            parts.push(format!("{} to enrich in {} {calls_word}{free}", grouped(people), grouped(calls)));
            parts.push(self.price(room.map(|room| room.payable)));
            parts.extend(self.paid_again_in_words());
        }
        let left = room.and_then(|room| room.credits_left);
        parts.extend(left.map(|left| format!("{} left", credits_in_words(left))));
        parts.join(" · ")
    }

    /// Who is not asked for, and why not; nothing for a reason that nobody has.
    pub fn left_out(&self) -> Vec<LeftOut> {
        let Counts { known, not_found_before, under_way, undecided, nothing_to_ask_by, repeated, over_limit, .. } =
            self.counts;
        let (nothing, why_nothing) = match self.what {
            EnrichWhat::People => ("with nothing to ask by", "no id, address, profile or company"),
            EnrichWhat::Companies => ("without a domain", "nothing to ask by"),
        };
        let reasons = [
            (known, "already known", "cost nothing; those too of whom Apollo told that it has none"),
            (not_found_before, "not found before", "Apollo did not know them, or answered with others"),
            (under_way, "in an enrichment that is under way", "asked for there, and not twice"),
            (
                undecided,
                "whose answer was lost",
                "paid for, or maybe, without an answer; asked again only by your word in the ledger",
            ),
            (nothing_to_ask_by, nothing, why_nothing),
            (repeated, "selected twice", "asked for once"),
            (over_limit, "over your limit", "it does not pay for them"),
        ];
        let some = reasons.into_iter().filter(|(count, ..)| *count > 0);
        some.map(|(count, what, why)| LeftOut { count: count as u64, what: what.to_owned(), why: why.to_owned() })
            .collect()
    }

    /// Who is selected, or which companies of whom.
    fn selected(&self) -> Vec<String> {
        let counted =
            |count: u64, one: &str, many: &str| format!("{} {}", grouped(count), if count == 1 { one } else { many });
        let selected = self.counts.selected as u64;
        if self.what == EnrichWhat::People {
            return vec![format!("{} selected", grouped(selected))];
        }
        let companies = counted(selected, "company", "companies");
        let Some(Whose { people, without_domain }) = self.whose else { return vec![companies] };
        let mut parts = vec![counted(people, "person", "people"), companies];
        if without_domain > 0 {
            let whose = counted(without_domain, "person has", "people have");
            parts.push(format!("{whose} no company domain yet"));
        }
        parts
    }

    /// The bound, and how much of it the caps let be paid, where that is less.
    fn price(&self, payable: Option<Credits>) -> String {
        let (all, people) = (self.credits_at_most(), self.each.times(self.to_enrich() as u64));
        let parts = match self.with_mobiles {
            0 => String::new(),
            some => {
                let each = if some == self.to_enrich() {
                    "each mobile".to_owned()
                } else {
                    format!("the mobile of each of {}", grouped(some as u64))
                };
                format!(" ({people} + {} for {each})", self.mobile)
            }
        };
        match payable.filter(|payable| *payable < all) {
            Some(payable) => format!("at most {payable} of the {}{parts} it could cost", credits_in_words(all)),
            None => format!("at most {}{parts}", credits_in_words(all)),
        }
    }

    fn paid_again_in_words(&self) -> Option<String> {
        let again = self.paid_again() as u64;
        let have = if again == 1 { "has" } else { "have" };
        (again > 0).then(|| format!("{} of them {have} an address already, which is charged again", grouped(again)))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use proptest::prelude::*;

    use super::*;
    use crate::apollo::enrichment::MOST_AT_ONCE;
    use crate::enrich::price;
    use crate::enrich::standing::{Before, CompanyKnowledge, Knowledge, Told};

    const UNKNOWN: Knowledge =
        Knowledge { email: Told::NotYet, private_email: Told::NotYet, mobile: Told::NotYet, before: Before::Nothing };
    const WITH_EMAIL: Knowledge = Knowledge { email: Told::Told, ..UNKNOWN };
    const MOBILES: Wish =
        Wish { reveal: Reveal { mobiles: true, personal_emails: false }, not_found_again: false, in_full: false };

    fn somebody(number: u32) -> Clue {
        Clue::Id(format!("{number:024x}"))
    }

    fn people(selected: impl IntoIterator<Item = (Option<Clue>, Knowledge)>, wish: Wish) -> Plan<Clue> {
        let selected = selected.into_iter().map(|(clue, knowledge)| (clue, Known::Person(knowledge)));
        Plan::of(EnrichWhat::People, selected, wish)
    }

    fn room(payable: u64, credits_left: u64) -> Room {
        let [payable, left] = [payable, credits_left].map(Credits::whole);
        Room { payable, credits_left: Some(left), ..Room::default() }
    }

    #[test]
    fn the_dialog_says_what_is_taken_out_and_what_the_rest_costs_at_most() {
        let selected = (0..100).map(|number| (Some(somebody(number)), if number < 62 { WITH_EMAIL } else { UNKNOWN }));
        let plan = people(selected, Wish::default());
        assert_eq!(
            plan.sentence(1, Some(&room(38, 1204))),
            "100 selected · 62 already known · 38 to enrich in 4 calls + 1 free call · at most 38 credits · 1,204 credits left"
        );
        assert_eq!((plan.batches[0].len(), plan.batches[3].len()), (10, 8));
    }

    #[test]
    fn mobiles_are_priced_beside_the_people_and_in_all() {
        let plan = people((0..38).map(|number| (Some(somebody(number)), UNKNOWN)), MOBILES);
        let said = "38 selected · 38 to enrich in 4 calls · at most 342 credits (38 + 8 for each mobile)";
        assert_eq!(plan.sentence(0, None), said);
        assert_eq!((plan.credits_at_most(), plan.mobiles_at_most()), (Credits::whole(342), Credits::whole(304)));
    }

    #[test]
    fn a_mobile_that_is_known_is_not_priced_and_not_asked_for_with_what_is_missing() {
        let without_address = Knowledge { email: Told::ThereIsNone, mobile: Told::Told, ..UNKNOWN };
        let wish = Wish { reveal: Reveal { mobiles: true, personal_emails: true }, ..Wish::default() };
        let known = |number: u32| if number.is_multiple_of(2) { without_address } else { UNKNOWN };
        let plan = people((0..24).map(|number| (Some(somebody(number)), known(number))), wish);
        assert_eq!(
            plan.sentence(0, None),
            "24 selected · 24 to enrich in 4 calls · at most 120 credits (24 + 8 for the mobile of each of 12)"
        );
        assert!(plan.batches[0][0] == somebody(1) && plan.batches[2][0] == somebody(0), "{:?}", plan.batches);
        let private = people([(Some(somebody(0)), without_address)], wish);
        assert_eq!(private.sentence(0, None), "1 selected · 1 to enrich in 1 call · at most 1 credit");
        assert_eq!((plan.next_at_most(), private.next_at_most()), (Credits::whole(9), Credits::whole(1)));
    }

    #[test]
    fn an_address_that_is_known_is_told_to_be_charged_again_with_the_mobile() {
        let known = |number: u32| if number < 4 { WITH_EMAIL } else { UNKNOWN };
        let plan = people((0..10).map(|number| (Some(somebody(number)), known(number))), MOBILES);
        let said = "10 selected · 10 to enrich in 1 call · at most 90 credits (10 + 8 for each mobile) · 4 of them have an address \
                    already, which is charged again";
        assert_eq!((plan.sentence(0, None).as_str(), plan.paid_again()), (said, 4));
        let cut = plan.cut_to(Credits::whole(9));
        assert!(cut.sentence(0, None).ends_with(" · 1 of them has an address already, which is charged again"));
    }

    #[test]
    fn what_the_caps_let_be_paid_stands_before_what_it_could_cost() {
        let plan = people((0..38).map(|number| (Some(somebody(number)), UNKNOWN)), Wish::default());
        let said =
            "38 selected · 38 to enrich in 4 calls · at most 20 of the 38 credits it could cost · 900 credits left";
        assert_eq!(plan.sentence(0, Some(&room(20, 900))), said);
    }

    #[test]
    fn whom_a_limit_of_its_own_does_not_pay_for_is_told_as_such() {
        let plan = people((0..38).map(|number| (Some(somebody(number)), UNKNOWN)), MOBILES);
        let said =
            "38 selected · 36 over your limit · 2 to enrich in 1 call · at most 18 credits (2 + 8 for each mobile)";
        assert_eq!(plan.cut_to(Credits::whole(20)).sentence(0, None), said);
        let nobody = "38 selected · 38 over your limit · nothing to enrich";
        assert_eq!(plan.cut_to(Credits::whole(8)).sentence(0, None), nobody);
        assert_eq!(plan.cut_to(Credits::whole(342)).counts.over_limit, 0);
    }

    #[test]
    fn each_reason_not_to_ask_is_counted_and_told() {
        let selected = [
            (Some(somebody(1)), UNKNOWN),
            (Some(somebody(1)), UNKNOWN),
            (None, UNKNOWN),
            (Some(somebody(2)), Knowledge { before: Before::NotFound, ..UNKNOWN }),
            (Some(somebody(3)), Knowledge { before: Before::Undecided, ..WITH_EMAIL }),
            (Some(somebody(4)), Knowledge { before: Before::UnderWay, ..UNKNOWN }),
        ];
        let plan = people(selected.clone(), Wish::default());
        assert_eq!(
            plan.sentence(0, None),
            "6 selected · 1 not found before · 1 in an enrichment that is under way · 1 whose answer was lost · 1 with \
             nothing to ask by · 1 selected twice · 1 to enrich in 1 call · at most 1 credit"
        );
        let again = people(selected, Wish { not_found_again: true, ..Wish::default() });
        assert_eq!(again.to_enrich(), 2, "who was not found is asked for again when told to, who is undecided never");
        let nobody = people([(Some(somebody(1)), WITH_EMAIL)], Wish::default());
        assert_eq!(nobody.sentence(1, None), "1 selected · 1 already known · nothing to enrich");
    }

    #[test]
    fn companies_are_asked_for_one_by_one() {
        let unknown = Known::Company(CompanyKnowledge::default());
        let selected = ["a.example", "b.example", "a.example"].map(|domain| (Some(domain.to_owned()), unknown));
        let plan = Plan::of(EnrichWhat::Companies, selected, MOBILES);
        assert_eq!(
            plan.sentence(0, None),
            "3 companies · 1 selected twice · 2 to enrich in 2 calls · at most 2 credits"
        );
    }

    #[test]
    fn companies_of_people_are_told_with_the_people_and_with_those_who_have_none_yet() {
        let known = |number| Known::Company(CompanyKnowledge { bought: number < 5, ..CompanyKnowledge::default() });
        let selected = (0..12).map(|number| (Some(format!("{number}.example")), known(number)));
        let mut plan = Plan::of(EnrichWhat::Companies, selected, Wish::default());
        plan.whose = Some(Whose { people: 40, without_domain: 0 });
        assert_eq!(
            plan.sentence(0, Some(&room(7, 1204))),
            "40 people · 12 companies · 5 already known · 7 to enrich in 7 calls · at most 7 credits · 1,204 credits left"
        );
        let mut none = Plan::of(EnrichWhat::Companies, Vec::<(Option<String>, Known)>::new(), Wish::default());
        none.whose = Some(Whose { people: 12, without_domain: 12 });
        let said = "12 people · 0 companies · 12 people have no company domain yet · nothing to enrich";
        assert_eq!(none.sentence(0, None), said);
        none.whose = Some(Whose { people: 1, without_domain: 1 });
        assert!(none.sentence(0, None).starts_with("1 person · 0 companies · 1 person has no company domain yet"));
    }

    fn knowledge() -> impl Strategy<Value = Knowledge> {
        let told = || prop::sample::select(&[Told::NotYet, Told::Told, Told::ThereIsNone][..]);
        let before =
            prop::sample::select(&[Before::Nothing, Before::NotFound, Before::UnderWay, Before::Undecided][..]);
        (told(), told(), told(), before).prop_map(|(email, private_email, mobile, before)| Knowledge {
            email,
            private_email,
            mobile,
            before,
        })
    }

    proptest! {
        #[test]
        fn nobody_is_asked_for_twice_and_everybody_selected_is_accounted_for(
            selected in prop::collection::vec((prop::option::weighted(0.9, 0_u32..40), knowledge()), 0..200),
            mobiles in any::<bool>(),
            not_found_again in any::<bool>(),
        ) {
            let wish = Wish { reveal: Reveal { mobiles, personal_emails: false }, not_found_again, in_full: false };
            let selected = selected.into_iter().map(|(number, knowledge)| (number.map(somebody), knowledge));
            let plan = people(selected, wish);
            let asked: Vec<&Clue> = plan.batches.iter().flatten().collect();
            prop_assert_eq!(asked.iter().collect::<HashSet<_>>().len(), asked.len());
            prop_assert!(plan.batches.iter().all(|batch| (1..=MOST_AT_ONCE).contains(&batch.len())));
            let Counts { selected, known, not_found_before, under_way, undecided, nothing_to_ask_by, repeated, .. } = plan.counts;
            prop_assert_eq!(known + not_found_before + under_way + undecided + nothing_to_ask_by + repeated + asked.len(), selected);
            let calls = [plan.with_mobiles(), asked.len() - plan.with_mobiles()].map(|people| people.div_ceil(MOST_AT_ONCE));
            prop_assert_eq!(plan.calls(), calls[0] + calls[1]);
            prop_assert!(mobiles || plan.with_mobiles() == 0);
        }

        #[test]
        fn a_plan_that_was_cut_costs_no_more_and_leaves_out_no_more_than_it_must(count in 0_u32..200, most in 0_u64..2_000, mobiles in any::<bool>()) {
            let wish = Wish { reveal: Reveal { mobiles, personal_emails: false }, ..Wish::default() };
            let plan = people((0..count).map(|number| (Some(somebody(number)), UNKNOWN)), wish);
            let most = Credits::from_thousandths(most * 100);
            let cut = plan.cut_to(most);
            prop_assert!(cut.credits_at_most() <= most);
            let one_more = price::person(wish.reveal) + cut.credits_at_most();
            prop_assert!(cut.to_enrich() == plan.to_enrich() || one_more > most);
            let begins_alike = cut.batches.iter().flatten().zip(plan.batches.iter().flatten()).all(|(one, other)| one == other);
            prop_assert!(begins_alike);
        }
    }
}
