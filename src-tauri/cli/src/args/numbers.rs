//! Numbers as they are typed. One that can't be read is answered with what to write, not in a parser's words; whether it is in
//! its range the core says.

use std::str::FromStr;

pub const ANY: &str = "a whole number, such as 25";
pub const RUN: &str = "the number of a run, which `people runs` tells";
pub const REQUEST: &str = "the number of a request, which `people undecided list` tells";
pub const PORT: &str = "a whole number from 0 to 65535";

/// Reads a number; `what` is what to write instead of anything else.
pub fn number<T: FromStr>(what: &'static str) -> impl Fn(&str) -> Result<T, String> + Clone + Send + Sync + 'static {
    move |typed| typed.trim().parse().map_err(|_| format!("Write {what}."))
}
