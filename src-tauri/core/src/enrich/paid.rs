//! The life of one paid request, as a pure step function: planned, written into the journal, sent, settled. What may have
//! been charged is never sent again but by the user's word, whatever crashed in between. Nothing else decides about a state:
//! the journal writes down what this answers to the state that the file has.
//!
//! | state | event | state after |
//! |---|---|---|
//! | planned | journalled | journalled |
//! | journalled | never left, refused | free |
//! | journalled | answered with its price | charged, or free when it cost nothing |
//! | journalled | answered with its price, mobiles to come | ordered |
//! | journalled | brought its page, without a price | untold |
//! | journalled | answered without a price, lost, found after a crash | may have been charged |
//! | may have been charged | any of these after all, late | as from journalled |
//! | ordered | delivered with the price of the mobiles | charged, or free |
//! | ordered | lost: its mobiles will not come any more | may have been charged |
//! | may have been charged | the user accepts | accepted |
//! | may have been charged, accepted | the user retries | repeated, and a new request is planned |
//! | untold, may have been charged, accepted, repeated | looked up | charged, or free |
//!
//! Everything else is a [`Misstep`]. The journal has the state before it counts: `journalled` is written before anything is
//! sent, so a request that is found `planned` after a crash never left, and one that is found `journalled` may have. That it is
//! on its way is no state of its own: after a crash it would say no more than `journalled` does.
//!
//! There is no state “refunded”: Apollo tells of no refund of a request, by no field and no call (`apollo-api.md`). All that
//! can be seen is that its count of the whole account is lower than the books, which the ledger names as credits given back.
//! Which request they were given back for nobody can say, so nobody's guess is written down as a fact.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::credits::Credits;
use crate::error::Error;

/// Where a paid request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Planned,
    /// In the journal, and so allowed out; it may be on its way.
    Journalled,
    /// Answered for this much; the mobiles it ordered are on their way, and charged on top.
    Ordered(Credits),
    Charged(Credits),
    Free,
    /// It brought what it was sent for, and Apollo does not tell what that cost: a page of the full search.
    Untold,
    /// Nobody knows whether Apollo charged for it. Waits for the user's word.
    MayBeCharged,
    /// The user takes it as it is; it stays unknown in the books.
    Accepted,
    /// The user had it asked again; this time stays unknown in the books.
    Repeated,
}

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The journal has it, on the disk.
    Journalled,
    /// Apollo answered; none when it did not tell the price.
    Answered(Option<Credits>),
    /// Apollo answered, and the mobiles come later.
    Ordered {
        charged: Credits,
        /// What all the mobiles that can still come cost.
        mobiles: Credits,
    },
    /// The mobiles came, at this price.
    Delivered(Credits),
    /// What it was sent for came, from an endpoint that never tells its price.
    Brought,
    /// Apollo refused it, and charges for no refusal.
    Refused,
    /// It certainly never left this computer.
    NeverLeft,
    /// It left, and no answer came that could be read.
    Lost,
    /// It was in the journal when Foray was opened.
    FoundAfterCrash,
    UserAccepts,
    /// The user's word that it may be paid for again.
    UserRetries,
    /// Apollo's own figures say what it cost.
    LookedUp(Credits),
}

/// One try of a paid request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    pub state: State,
    /// What it can cost, as far as that is known by now.
    pub at_most: Credits,
    /// Counts from 1; each further one had the user's word.
    pub attempt: u32,
}

/// What a request is in the books, or several together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Booked {
    pub charged: Credits,
    /// At most this much more.
    pub unknown: Credits,
}

/// Something that may not happen to a request in this state. It stays as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a paid request that is {state:?} cannot be {event:?}")]
pub struct Misstep {
    pub state: State,
    pub event: Event,
}

/// A request after an event, and the new request that the user asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stepped {
    pub request: Request,
    pub again: Option<Request>,
}

impl Event {
    /// What an error of a call says about money. Every error is named, so that a new one has to be thought about.
    pub fn of(error: &Error) -> Self {
        match error {
            Error::KeyRejected
            | Error::Forbidden { .. }
            | Error::OutOfCredits
            | Error::EndpointClosed { .. }
            | Error::Refused { .. }
            | Error::NotReady { .. }
            | Error::Gone { .. }
            | Error::ApolloRateLimited { .. } => Self::Refused,
            Error::Unreachable
            | Error::Barred { .. }
            | Error::Offline
            | Error::RateLimited { .. }
            | Error::LedgerLost { .. }
            | Error::BreakerOpen { .. }
            | Error::KeyMissing
            | Error::Keyring { .. }
            | Error::BadInput { .. }
            | Error::NotFound { .. }
            | Error::Capped { .. }
            | Error::NotConfirmed { .. } => Self::NeverLeft,
            Error::TimedOut { .. }
            | Error::Unavailable { .. }
            | Error::ConnectionLost
            | Error::Unreadable
            // Of these nobody can say whether they came before the sending or after it.
            | Error::Cancelled
            | Error::Superseded
            | Error::ExportInterrupted { .. }
            | Error::DiskFull { .. }
            | Error::ReadOnly { .. }
            | Error::NewerFile { .. }
            | Error::OlderOpen { .. }
            | Error::Busy { .. }
            | Error::Damaged { .. }
            | Error::Storage { .. } => Self::Lost,
        }
    }
}

impl Request {
    pub fn planned(at_most: Credits) -> Self {
        Self { state: State::Planned, at_most, attempt: 1 }
    }

    /// What becomes of it.
    ///
    /// # Errors
    /// [`Misstep`] when this may not happen now.
    pub fn step(self, event: Event) -> Result<Stepped, Misstep> {
        let state = match (self.state, event) {
            (State::Planned, Event::Journalled) => State::Journalled,
            (State::Planned, Event::FoundAfterCrash) => State::Planned,
            (State::Journalled | State::MayBeCharged, Event::NeverLeft | Event::Refused) => State::Free,
            (State::Journalled | State::MayBeCharged, Event::Ordered { charged, .. }) => State::Ordered(charged),
            (State::Journalled | State::MayBeCharged, Event::Brought) => State::Untold,
            (State::Ordered(price), Event::Delivered(mobiles)) => settled(price + mobiles),
            (State::Journalled | State::MayBeCharged, Event::Answered(None) | Event::Lost)
            | (State::Ordered(_), Event::Lost)
            | (State::Journalled, Event::FoundAfterCrash) => State::MayBeCharged,
            (State::MayBeCharged, Event::UserAccepts) => State::Accepted,
            (State::MayBeCharged | State::Accepted, Event::UserRetries) => State::Repeated,
            (State::Journalled | State::MayBeCharged, Event::Answered(Some(price)))
            | (State::Untold | State::MayBeCharged | State::Accepted | State::Repeated, Event::LookedUp(price)) => {
                settled(price)
            }
            // What is settled or decided is not touched by a crash.
            (state, Event::FoundAfterCrash) => state,
            (state, event) => return Err(Misstep { state, event }),
        };
        let again = (event == Event::UserRetries).then(|| Self {
            state: State::Planned,
            at_most: self.at_most,
            attempt: self.attempt + 1,
        });
        let at_most = match event {
            // Who was not found has no mobile that could be charged.
            Event::Ordered { charged, mobiles } => charged + mobiles,
            _ => self.at_most,
        };
        Ok(Stepped { request: Self { state, at_most, ..self }, again })
    }

    /// What it is in the books from the moment it is in the journal on.
    pub fn booked(self) -> Booked {
        match self.state {
            State::Planned | State::Free => Booked::default(),
            State::Charged(charged) => Booked { charged, unknown: Credits::NONE },
            State::Ordered(charged) => Booked { charged, unknown: self.at_most.saturating_sub(charged) },
            State::Journalled | State::Untold | State::MayBeCharged | State::Accepted | State::Repeated => {
                Booked { charged: Credits::NONE, unknown: self.at_most }
            }
        }
    }
}

fn settled(price: Credits) -> State {
    if price.is_none() { State::Free } else { State::Charged(price) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use proptest::prelude::*;

    use super::*;

    const BOUND: Credits = Credits::whole(10);
    const PRICE: Credits = Credits::from_thousandths(9_010);

    const STATES: [State; 9] = [
        State::Planned,
        State::Journalled,
        State::Ordered(PRICE),
        State::Charged(PRICE),
        State::Free,
        State::Untold,
        State::MayBeCharged,
        State::Accepted,
        State::Repeated,
    ];
    const EVENTS: [Event; 12] = [
        Event::Journalled,
        Event::Answered(Some(PRICE)),
        Event::Ordered { charged: PRICE, mobiles: BOUND },
        Event::Delivered(PRICE),
        Event::Brought,
        Event::Refused,
        Event::NeverLeft,
        Event::Lost,
        Event::FoundAfterCrash,
        Event::UserAccepts,
        Event::UserRetries,
        Event::LookedUp(PRICE),
    ];

    fn after(state: State, event: Event) -> Result<State, Misstep> {
        let request = Request { state, at_most: BOUND, attempt: 1 };
        request.step(event).map(|stepped| stepped.request.state)
    }

    #[test]
    fn an_answer_is_for_a_request_in_the_journal_or_for_one_that_was_given_up_for_lost_and_for_no_other() {
        let answers = [
            Event::Answered(Some(PRICE)),
            Event::Ordered { charged: PRICE, mobiles: BOUND },
            Event::Brought,
            Event::Refused,
        ];
        for state in STATES {
            for answer in answers {
                let may = matches!(state, State::Journalled | State::MayBeCharged);
                assert_eq!(after(state, answer).is_ok(), may, "{state:?} {answer:?}");
                assert!(!may || after(state, answer) == after(State::Journalled, answer), "{state:?} {answer:?}");
            }
        }
    }

    #[test]
    fn a_new_try_comes_from_the_users_word_about_an_undecided_one_and_from_nothing_else() {
        for state in STATES {
            for event in EVENTS {
                let request = Request { state, at_most: BOUND, attempt: 3 };
                let again = request.step(event).ok().and_then(|stepped| stepped.again);
                let may = matches!(state, State::MayBeCharged | State::Accepted) && event == Event::UserRetries;
                let expected = may.then_some(Request { state: State::Planned, at_most: BOUND, attempt: 4 });
                assert_eq!(again, expected, "{state:?} {event:?}");
            }
        }
    }

    #[test]
    fn what_is_settled_stays_and_what_is_unknown_can_be_looked_up() {
        for event in EVENTS {
            let stays = after(State::Charged(PRICE), event);
            assert!(stays.is_err() || stays == Ok(State::Charged(PRICE)), "{event:?}");
        }
        for unknown in [State::Untold, State::MayBeCharged, State::Accepted, State::Repeated] {
            assert_eq!(after(unknown, Event::LookedUp(PRICE)), Ok(State::Charged(PRICE)));
            assert_eq!(after(unknown, Event::LookedUp(Credits::NONE)), Ok(State::Free));
        }
        assert_eq!(
            after(State::Journalled, Event::Answered(None)),
            Ok(State::MayBeCharged),
            "a price that was not told is unknown"
        );
    }

    #[test]
    fn mobiles_that_are_on_their_way_are_unknown_at_the_price_of_those_that_can_still_come() {
        let of_two = Event::Ordered { charged: PRICE, mobiles: Credits::whole(16) };
        let ordered =
            Request { state: State::Journalled, at_most: Credits::whole(90), attempt: 1 }.step(of_two).unwrap().request;
        assert_eq!(ordered.booked(), Booked { charged: PRICE, unknown: Credits::whole(16) });
        let lost = ordered.step(Event::Lost).unwrap().request;
        assert_eq!(lost.booked(), Booked { charged: Credits::NONE, unknown: PRICE + Credits::whole(16) });
    }

    #[test]
    fn a_misstep_names_what_went_wrong() {
        let misstep = after(State::Free, Event::Brought).unwrap_err();
        assert_eq!(misstep.to_string(), "a paid request that is Free cannot be Brought");
    }

    #[test]
    fn what_may_have_reached_apollo_is_never_taken_for_free() {
        for lost in [
            Error::TimedOut { seconds: 10 },
            Error::ConnectionLost,
            Error::Unreadable,
            Error::Unavailable { status: 504 },
            Error::Cancelled,
        ] {
            assert_eq!(Event::of(&lost), Event::Lost, "{lost}");
        }
        for refused in [
            Error::OutOfCredits,
            Error::KeyRejected,
            Error::Refused { status: 400, said: String::new(), calls_spent: 1 },
        ] {
            assert_eq!(Event::of(&refused), Event::Refused, "{refused}");
        }
        for kept in [Error::Offline, Error::Unreachable, Error::KeyMissing] {
            assert_eq!(Event::of(&kept), Event::NeverLeft, "{kept}");
        }
    }

    /// What a random day brings.
    #[derive(Debug, Clone, Copy)]
    enum Happening {
        /// The next thing that an honest runner does.
        Goes {
            charged: bool,
            answer_arrives: bool,
            refused: bool,
        },
        Crash,
        Accept,
        Retry,
        LookUp,
        /// Any event at all, as a mistaken runner might bring it.
        Stray(Event),
    }

    fn happening() -> impl Strategy<Value = Happening> {
        prop_oneof![
            6 => any::<(bool, bool, bool)>().prop_map(|(charged, answer_arrives, refused)| Happening::Goes { charged, answer_arrives, refused }),
            2 => Just(Happening::Crash),
            1 => Just(Happening::Accept),
            2 => Just(Happening::Retry),
            1 => Just(Happening::LookUp),
            1 => prop::sample::select(&EVENTS[..]).prop_filter("no lies about what Apollo did", |event| {
                // A runner that tells them is not the journal's to find out.
                matches!(event, Event::UserAccepts | Event::FoundAfterCrash | Event::Journalled)
            }).prop_map(Happening::Stray),
        ]
    }

    /// A journal on the disk, the runner who alone knows whether the last request is on its way, and Apollo, which charges and
    /// tells nobody.
    struct World {
        disk: Vec<Request>,
        is_on_its_way: bool,
        paid: Vec<Credits>,
        sent: usize,
        words: usize,
    }

    impl World {
        fn new() -> Self {
            Self {
                disk: vec![Request::planned(BOUND)],
                is_on_its_way: false,
                paid: vec![Credits::NONE],
                sent: 0,
                words: 0,
            }
        }

        /// Steps the last request, on the disk before it goes on.
        fn step(&mut self, event: Event) -> bool {
            let last = self.disk.len() - 1;
            let Ok(Stepped { request, again }) = self.disk[last].step(event) else { return false };
            self.is_on_its_way = self.is_on_its_way && request.state == State::Journalled;
            self.disk[last] = request;
            if let Some(again) = again {
                self.disk.push(again);
                self.paid.push(Credits::NONE);
            }
            true
        }

        fn happens(&mut self, what: Happening) {
            let last = self.disk.len() - 1;
            match what {
                Happening::Crash => {
                    self.is_on_its_way = false;
                    for request in &mut self.disk {
                        *request = request.step(Event::FoundAfterCrash).unwrap().request;
                    }
                }
                Happening::Accept => drop(self.step(Event::UserAccepts)),
                Happening::Retry => self.words += usize::from(self.step(Event::UserRetries)),
                Happening::LookUp => {
                    for (request, paid) in self.disk.iter_mut().zip(&self.paid) {
                        if let Ok(stepped) = request.step(Event::LookedUp(*paid)) {
                            *request = stepped.request;
                        }
                    }
                }
                Happening::Stray(event) => drop(self.step(event)),
                Happening::Goes { charged, answer_arrives, refused } => match self.disk[last].state {
                    State::Planned => drop(self.step(Event::Journalled)),
                    State::Journalled if !self.is_on_its_way => {
                        self.is_on_its_way = true;
                        self.sent += 1;
                        if charged && !refused {
                            self.paid[last] += PRICE;
                        }
                    }
                    State::Journalled if !answer_arrives => drop(self.step(Event::Lost)),
                    // It was refused before anything was charged, or it was not refused.
                    State::Journalled if refused && self.paid[last].is_none() => drop(self.step(Event::Refused)),
                    State::Journalled => drop(self.step(Event::Answered(Some(self.paid[last])))),
                    _ => {}
                },
            }
        }

        fn check(&self) {
            assert!(self.sent <= 1 + self.words, "sent {} times on {} words", self.sent, self.words);
            let Booked { charged, unknown } = self.booked();
            let paid: Credits = self.paid.iter().copied().sum();
            assert!(charged <= paid && paid <= charged + unknown, "{charged} ≤ {paid} ≤ {charged} + {unknown}");
        }

        fn booked(&self) -> Booked {
            self.disk.iter().fold(Booked::default(), |sum, request| {
                let Booked { charged, unknown } = request.booked();
                Booked { charged: sum.charged + charged, unknown: sum.unknown + unknown }
            })
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn whatever_happens_nothing_is_sent_twice_without_the_users_word_and_the_books_hold(
            day in prop::collection::vec(happening(), 0..40),
        ) {
            let mut world = World::new();
            for what in day {
                world.happens(what);
                world.check();
            }
            // In the end everything is looked up, and the books are Apollo's.
            world.happens(Happening::Crash);
            world.happens(Happening::LookUp);
            let paid = world.paid.iter().copied().sum();
            prop_assert_eq!(world.booked(), Booked { charged: paid, unknown: Credits::NONE });
        }
    }
}
