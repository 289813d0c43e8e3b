//! A simulated week of three researchers, once with Foray and once with the plain design, in front of a stand-in each: what
//! the two asked for and paid, as the stand-ins counted it. The week is made of the same steps for both: each search is made
//! again with its values in another order, pages are gone back to, the app is opened anew every half day, and the people
//! each researcher enriches overlap with those of the others. It is played twice, with narrow habits and with broad ones.
//!
//! Prints `WEEK-SIDE SEARCHES PAID OTHER HUNDREDTHS` for each, for `cargo xtask bench week`.

mod foray_side;
mod plain_side;
mod week;

use std::error::Error;

use foray_sandbox::{Options, Plan, Sandbox};

use foray_side::Folders;
use week::{Habits, Week};

/// Everything goes wrong in words; nothing here is a product.
pub type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let seed = std::env::args().nth(1).and_then(|seed| seed.parse().ok()).unwrap_or(5);
    for (name, habits) in [("narrow", Habits::Narrow), ("broad", Habits::Broad)] {
        let week = Week::new(seed, habits);
        println!("{name}-steps {}", week.steps().count());
        let plain = stand_in().await?;
        plain_side::work(&week, &plain).await?;
        say(&format!("{name}-plain"), &plain);
        for (folder, folders) in [("foray", Folders::One), ("apart", Folders::OneEach)] {
            let sandbox = stand_in().await?;
            foray_side::work(&week, &sandbox, folders).await?;
            say(&format!("{name}-{folder}"), &sandbox);
        }
    }
    Ok(())
}

fn say(name: &str, sandbox: &Sandbox) {
    let Counted { searches, paid, other, hundredths } = count(sandbox);
    println!("{name} {searches} {paid} {other} {hundredths}");
}

/// What a stand-in counted.
struct Counted {
    searches: usize,
    paid: usize,
    other: usize,
    hundredths: u64,
}

fn count(sandbox: &Sandbox) -> Counted {
    let requests = sandbox.requests();
    let of = |ending: &str| requests.iter().filter(|request| request.path.ends_with(ending)).count();
    let (searches, paid) = (of("search"), of("bulk_match"));
    let hundredths = requests.iter().map(|request| request.charged_hundredths).sum();
    Counted { searches, paid, other: requests.len() - searches - paid, hundredths }
}

async fn stand_in() -> Outcome<Sandbox> {
    Ok(foray_sandbox::start(Options { people: 5_000, plan: Plan::Basic, ..Options::default() }).await?)
}
