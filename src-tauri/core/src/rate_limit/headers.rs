//! What Apollo's answers say about its limits: the rate headers of a success, Retry-After of a refusal. Pure.
//! Headers may be absent, empty or nonsense (apollo-api.md "Rate limits"); none of that is ever an error.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;

use super::windows::Period;

/// The longest pause that is believed.
const LONGEST_PAUSE: Duration = Duration::from_hours(24);

/// What one answer told about one of Apollo's windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Calls that fit in the window.
    pub limit: u32,
    /// Calls that Apollo has counted in it.
    pub used: u32,
}

/// The rate headers of one answer; what was absent or unreadable is `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RateHeaders {
    pub minute: Option<Seen>,
    pub hour: Option<Seen>,
    pub day: Option<Seen>,
}

impl RateHeaders {
    /// Reads the headers of an answer; `header` looks one up by its lower-case name.
    pub fn read<'a>(header: impl Fn(&str) -> Option<&'a str>) -> Self {
        let number = |name: &str| header(name).and_then(count);
        let window = |name: &str| {
            seen(
                number(&format!("x-rate-limit-{name}")),
                number(&format!("x-{name}-usage")),
                number(&format!("x-{name}-requests-left")),
            )
        };
        Self { minute: window("minute"), hour: window("hourly"), day: window("24-hour") }
    }

    /// What was told about a window.
    pub fn of(&self, period: Period) -> Option<Seen> {
        match period {
            Period::Minute => self.minute,
            Period::Hour => self.hour,
            Period::Day => self.day,
        }
    }
}

/// Two of the three numbers tell the third. A limit of 0 is nothing that an account could have been answered with.
fn seen(limit: Option<u32>, used: Option<u32>, left: Option<u32>) -> Option<Seen> {
    let limit = limit.or_else(|| Some(used?.saturating_add(left?)))?;
    let used = used.or_else(|| Some(limit.saturating_sub(left?))).unwrap_or(0);
    (limit > 0).then_some(Seen { limit, used })
}

/// A whole number, however long; anything else is no number.
fn count(text: &str) -> Option<u32> {
    let text = text.trim();
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u32::MAX))
}

/// How long `Retry-After` asks to wait: seconds or an HTTP date (RFC 9110, 10.2.3), clamped to \[0, 24 h\]. A negative
/// number and a date in the past are no wait; nonsense is `None`. `now` is the moment the answer came in.
pub fn retry_after(text: &str, now: Timestamp) -> Option<Duration> {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let negative = digits.len() < text.len();
        // Too long for a number is longer than any pause.
        let seconds = if negative { 0 } else { digits.parse().unwrap_or(u64::MAX) };
        return Some(Duration::from_secs(seconds).min(LONGEST_PAUSE));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    // An error here is a date in the past.
    let wait = until.duration_since(SystemTime::from(now)).unwrap_or(Duration::ZERO);
    Some(wait.min(LONGEST_PAUSE))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn read(headers: &[(&str, &str)]) -> RateHeaders {
        RateHeaders::read(|name| headers.iter().find(|(header, _)| *header == name).map(|(_, value)| *value))
    }

    #[test]
    fn the_headers_of_a_success_tell_all_three_windows() {
        let headers = read(&[
            ("x-rate-limit-minute", "200"),
            ("x-minute-usage", "3"),
            ("x-minute-requests-left", "197"),
            ("x-rate-limit-hourly", "6000"),
            ("x-hourly-usage", "40"),
            ("x-hourly-requests-left", "5960"),
            ("x-rate-limit-24-hour", "50000"),
            ("x-24-hour-usage", "41"),
            ("x-24-hour-requests-left", "49959"),
        ]);
        assert_eq!(headers.of(Period::Minute), Some(Seen { limit: 200, used: 3 }));
        assert_eq!(headers.of(Period::Hour), Some(Seen { limit: 6_000, used: 40 }));
        assert_eq!(headers.of(Period::Day), Some(Seen { limit: 50_000, used: 41 }));
    }

    #[test]
    fn headers_that_are_absent_empty_or_no_number_tell_nothing() {
        assert_eq!(read(&[]), RateHeaders::default());
        for nonsense in ["", "  ", "many", "-1", "1.5", "0x10", "1e3"] {
            let headers = [("x-rate-limit-minute", nonsense), ("x-minute-usage", nonsense)];
            assert_eq!(read(&headers), RateHeaders::default(), "{nonsense:?}");
        }
        assert_eq!(read(&[("x-rate-limit-hourly", "0")]), RateHeaders::default());
    }

    #[test]
    fn two_of_the_three_numbers_tell_the_third() {
        let limit_and_left = read(&[("x-rate-limit-minute", " 50 "), ("x-minute-requests-left", "20")]);
        assert_eq!(limit_and_left.minute, Some(Seen { limit: 50, used: 30 }));
        let used_and_left = read(&[("x-minute-usage", "30"), ("x-minute-requests-left", "20")]);
        assert_eq!(used_and_left.minute, Some(Seen { limit: 50, used: 30 }));
        let limit_alone = read(&[("x-rate-limit-minute", "50"), ("x-minute-usage", "")]);
        assert_eq!(limit_alone.minute, Some(Seen { limit: 50, used: 0 }));
    }

    #[test]
    fn retry_after_takes_every_form_and_stays_between_nothing_and_a_day() {
        let now: Timestamp = "1994-11-06T08:49:00Z".parse().unwrap();
        let seconds = |text| retry_after(text, now).map(|wait| wait.as_secs());
        assert_eq!(seconds("120"), Some(120));
        assert_eq!(seconds(" 0 "), Some(0));
        assert_eq!(seconds("-5"), Some(0));
        assert_eq!(seconds("1000000000000"), Some(86_400));
        assert_eq!(seconds("99999999999999999999999999"), Some(86_400));
        // The three forms of a date.
        assert_eq!(seconds("Sun, 06 Nov 1994 08:49:37 GMT"), Some(37));
        assert_eq!(seconds("Sunday, 06-Nov-94 08:49:37 GMT"), Some(37));
        assert_eq!(seconds("Sun Nov  6 08:49:37 1994"), Some(37));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:48:00 GMT"), Some(0));
        assert_eq!(seconds("Fri, 31 Dec 9999 23:59:59 GMT"), Some(86_400));
        for nonsense in ["", "-", "soon", "1.5", "+5", "12 minutes", "Sun, 99 Nov 1994 08:49:37 GMT", "\u{0}"] {
            assert_eq!(seconds(nonsense), None, "{nonsense:?}");
        }
    }
}
