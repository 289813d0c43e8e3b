//! What three researchers do in a week, made up from a seed: the same for both sides.

use foray_core::persona::FiltersInput;

pub const RESEARCHERS: usize = 3;
const DAYS: i64 = 5;
const HOUR_MS: i64 = 3_600_000;
pub const PAGE_SIZE: u32 = 25;
/// 2026-11-23T08:00:00Z, a Monday.
const MONDAY_MS: i64 = 1_795_392_000_000 + 8 * HOUR_MS;

/// One thing that a researcher does.
#[derive(Debug, Clone)]
pub enum Step {
    /// Opens the app anew.
    Open,
    /// Looks at a page of a question.
    Look { filters: FiltersInput, page: u32 },
    /// Enriches everybody of the pages looked at last.
    Enrich { filters: FiltersInput, pages: u32 },
}

/// When, and by whom.
#[derive(Debug, Clone)]
pub struct Doing {
    pub at_ms: i64,
    pub researcher: usize,
    pub step: Step,
}

/// What the team works on. The narrow week flatters whoever remembers: its four questions come up again and again, and
/// everybody of them is enriched each time. The broad one is more like life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Habits {
    /// Four questions, all of them everybody's; each that is looked at is enriched.
    Narrow,
    /// Twelve: three of each researcher's own and three that are everybody's, which a third of the looks go to; of two that are
    /// looked at one is enriched.
    Broad,
}

pub struct Week(Vec<Doing>);

impl Week {
    pub fn new(seed: u64, habits: Habits) -> Self {
        let mut dice = Dice(seed);
        let mut doings = Vec::new();
        for day in 0..DAYS {
            for half in 0..2 {
                for researcher in 0..RESEARCHERS {
                    let begins_ms = MONDAY_MS + day * 24 * HOUR_MS + half * 5 * HOUR_MS + researcher as i64 * 600_000;
                    half_a_day(&mut dice, habits, &mut doings, researcher, begins_ms);
                }
            }
        }
        doings.sort_by_key(|doing| doing.at_ms);
        Self(doings)
    }

    pub fn steps(&self) -> impl Iterator<Item = &Doing> {
        self.0.iter()
    }
}

/// Two questions out of those the team works on, each looked at, gone back in, asked again in another order, and enriched
/// where that is the habit.
fn half_a_day(dice: &mut Dice, habits: Habits, doings: &mut Vec<Doing>, researcher: usize, begins_ms: i64) {
    let mut at_ms = begins_ms;
    let mut push = |step| {
        at_ms += 60_000;
        doings.push(Doing { at_ms, researcher, step });
    };
    push(Step::Open);
    for turn in 0..2 {
        let question = match habits {
            Habits::Narrow => dice.below(4),
            Habits::Broad if dice.below(3) == 0 => dice.below(3),
            Habits::Broad => 3 * (1 + researcher as u64) + dice.below(3),
        };
        let pages = 2 + dice.below(3) as u32;
        for page in 1..=pages {
            push(Step::Look { filters: asked(question, dice), page });
        }
        // Back to the pages before, and the same question typed once more in another order.
        for page in (1..pages).rev() {
            push(Step::Look { filters: asked(question, dice), page });
        }
        push(Step::Look { filters: asked(question, dice), page: 1 });
        if habits == Habits::Narrow || turn == 0 {
            push(Step::Enrich { filters: asked(question, dice), pages });
        }
    }
}

/// A question of the team, its values in any order.
fn asked(question: u64, dice: &mut Dice) -> FiltersInput {
    let texts = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
    let (mut seniorities, mut locations) = match question {
        0 => (texts(&["vp", "head", "director"]), texts(&["Germany", "Austria"])),
        1 => (texts(&["c_suite", "owner"]), texts(&["United Kingdom", "France"])),
        2 => (texts(&["manager", "head"]), texts(&["Germany", "France"])),
        3 => (texts(&["director", "vp"]), texts(&["United States"])),
        4 => (texts(&["c_suite", "vp"]), texts(&["Germany", "Switzerland"])),
        5 => (texts(&["manager", "senior"]), texts(&["United Kingdom", "Ireland"])),
        6 => (texts(&["head", "director"]), texts(&["Spain", "Italy"])),
        7 => (texts(&["owner", "founder"]), texts(&["Germany", "Netherlands"])),
        8 => (texts(&["vp", "director"]), texts(&["Sweden", "Denmark"])),
        9 => (texts(&["c_suite", "head"]), texts(&["France", "Belgium"])),
        10 => (texts(&["manager", "director"]), texts(&["Austria", "Poland"])),
        _ => (texts(&["senior", "head"]), texts(&["United States", "Canada"])),
    };
    dice.shuffle(&mut seniorities);
    dice.shuffle(&mut locations);
    FiltersInput { seniorities, locations, ..FiltersInput::default() }
}

/// `SplitMix64`: the same week for the same seed, on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn shuffle(&mut self, values: &mut [String]) {
        for last in (1..values.len()).rev() {
            values.swap(last, self.below(last as u64 + 1) as usize);
        }
    }
}
