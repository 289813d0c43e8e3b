//! Everything that is written: text to standard output, sentences to standard error. What came from outside is made
//! harmless for a terminal first. Must never write a key.

use std::io::{ErrorKind, Write};

use jiff::tz::TimeZone;
use jiff::{Timestamp, TimestampRound, Unit};
use serde::Serialize;

use crate::exit::Failure;

/// Writes text to standard output. Whoever closed the pipe (`| head`) has read enough: that is no failure.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::other("storage", format!("Standard output could not be written: {error}.")))
        }
        _ => Ok(()),
    }
}

/// Writes lines that people read.
pub fn print_lines(lines: &[String]) -> Result<(), Failure> {
    let lines: Vec<String> = lines.iter().map(|line| plain(line) + "\n").collect();
    print(&lines.concat())
}

/// Writes a list, or says on standard error that there is none: a script finds no line, and whoever looks knows why.
pub fn print_list(lines: &[String], none: &str) -> Result<(), Failure> {
    if lines.is_empty() {
        tell(none);
    }
    print_lines(lines)
}

pub fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    print(&format!("{}\n", json_line(value)))
}

/// One line on standard error. Nobody can be told that standard error is closed.
pub fn tell(line: &str) {
    drop(writeln!(std::io::stderr(), "{}", plain(line)));
}

pub fn tell_failure(failure: &Failure, json: bool) {
    if json {
        drop(writeln!(std::io::stderr(), "{}", json_line(failure)));
        return;
    }
    tell(&failure.message);
    if let Some(next) = &failure.next {
        tell(next);
    }
}

/// One line of JSON in which a terminal finds no command: what it might obey stands as `\u…`.
fn json_line(value: &impl Serialize) -> String {
    let Ok(json) = serde_json::to_string(value) else {
        return r#"{"code":"internal","message":"The answer could not be written as JSON."}"#.to_owned();
    };
    json.chars().map(|letter| if rules_a_terminal(letter) { escaped(letter) } else { letter.to_string() }).collect()
}

/// A character below U+10000 as JSON writes it.
fn escaped(letter: char) -> String {
    format!("\\u{:04x}", u32::from(letter))
}

/// Text on one line that a terminal shows and does not obey.
pub fn plain(text: &str) -> String {
    text.chars().map(|letter| if rules_a_terminal(letter) { '\u{fffd}' } else { letter }).collect()
}

/// Control characters, line separators, and what turns the direction of the text around it. All lie below U+10000.
fn rules_a_terminal(letter: char) -> bool {
    letter.is_control() && letter != '\t' || matches!(letter, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `4,212`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Bytes in the unit people read.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{} MB", grouped(bytes / 1_000_000)),
    }
}

/// `1 call`, `4,212 calls`.
pub fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// `1 credit`, `0 credits`; Apollo counts in fractions too.
pub fn credits(credits: f64) -> String {
    let is_one = (credits - 1.0).abs() < f64::EPSILON;
    format!("{credits} {}", if is_one { "credit" } else { "credits" })
}

/// A time of the records, to the minute and the same on every computer.
pub fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// Local time to the minute, with the date when it is another day than `now`'s. Rounded up: what frees then has freed.
pub fn local_time(at: Timestamp, now: Timestamp) -> String {
    let up = TimestampRound::new().smallest(Unit::Minute).mode(jiff::RoundMode::Ceil);
    let zone = TimeZone::system();
    let at = at.round(up).unwrap_or(at).to_zoned(zone.clone());
    let today = at.date() == now.to_zoned(zone).date();
    at.strftime(if today { "%H:%M" } else { "%Y-%m-%d %H:%M" }).to_string()
}

/// How long ago, in the largest whole unit.
pub fn age(at: Timestamp, now: Timestamp) -> String {
    let seconds = u64::try_from(now.as_second().saturating_sub(at.as_second())).unwrap_or(0);
    match seconds {
        0..60 => "less than a minute old".to_owned(),
        60..3_600 => format!("{} min old", seconds / 60),
        3_600..86_400 => format!("{} h old", seconds / 3_600),
        _ => format!("{} old", counted(seconds / 86_400, "day", "days")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_not_command_a_terminal() {
        assert_eq!(plain("A\u{1b}[31mb\u{9b}2J\u{202e}c\nd"), "A\u{fffd}[31mb\u{fffd}2J\u{fffd}c\u{fffd}d");
        assert_eq!(plain("Zoë 李 \u{5d0}\u{5d1}"), "Zoë 李 \u{5d0}\u{5d1}");
    }

    #[test]
    fn json_for_a_terminal_is_still_the_same_json() {
        let text = "A\u{9b}2J\u{202e}\u{7f}\n\"é\"";
        let line = json_line(&text);
        assert!(!line.chars().any(rules_a_terminal), "{line:?}");
        assert_eq!(serde_json::from_str::<String>(&line).ok().as_deref(), Some(text));
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!([0, 999, 1_000, 4_212_000].map(grouped), ["0", "999", "1,000", "4,212,000"]);
    }

    #[test]
    fn ages_take_the_largest_whole_unit() {
        let at = |seconds| Timestamp::from_second(seconds).unwrap_or_default();
        let ages = [5, 61, 3 * 3_600 + 5, 86_400, 200_000].map(|seconds| age(at(0), at(seconds)));
        assert_eq!(ages, ["less than a minute old", "1 min old", "3 h old", "1 day old", "2 days old"]);
    }
}
