//! Raw timings into figures: reading the lines that a measuring process prints, medians and percentiles, and how a
//! figure stands to its goal. Pure.

use std::fmt::Write as _;

/// Timings of one operation in nanoseconds, in order, unless the name ends in another unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub name: String,
    pub values: Vec<f64>,
}

impl Series {
    /// Reads `{"name":"refusal","values":[9120,8890]}`; none for any other line. Names hold no quotes.
    pub fn read(line: &str) -> Option<Self> {
        let line: String = line.chars().filter(|letter| !letter.is_whitespace()).collect();
        let (name, values) = line.strip_prefix("{\"name\":\"")?.split_once("\",\"values\":[")?;
        let values =
            values.strip_suffix("]}")?.split(',').map(|value| value.parse().ok().filter(|v: &f64| v.is_finite()));
        Some(Self { name: name.to_owned(), values: values.collect::<Option<_>>()? })
    }

    pub fn median(&self) -> f64 {
        self.percentile(50.0)
    }

    pub fn p99(&self) -> f64 {
        self.percentile(99.0)
    }

    /// The smallest value that at least `percent` of all are not above (nearest rank); 0 of none.
    pub fn percentile(&self, percent: f64) -> f64 {
        let mut sorted = self.values.clone();
        sorted.sort_by(f64::total_cmp);
        let rank = (percent / 100.0 * sorted.len() as f64).ceil() as usize;
        sorted.get(rank.max(1) - 1).copied().unwrap_or_default()
    }

    pub fn mean(&self) -> f64 {
        self.values.iter().sum::<f64>() / self.values.len().max(1) as f64
    }

    /// How many of the operation fit into a second, one after the other.
    pub fn a_second(&self) -> f64 {
        1e9 / self.mean()
    }

    /// What is left of each value without the other series' value of the same turn.
    pub fn less(&self, other: &Self) -> Self {
        let values = self.values.iter().zip(&other.values).map(|(value, other)| value - other).collect();
        Self { name: format!("{} less {}", self.name, other.name), values }
    }

    /// More of the same.
    pub fn extend(&mut self, more: Self) {
        self.values.extend(more.values);
    }
}

/// What a figure is held against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Goal {
    /// Nanoseconds, and the figure must be below.
    Below(f64),
    AtMost(f64),
    AtLeast(f64),
}

impl Goal {
    pub fn is_met(self, figure: f64) -> bool {
        match self {
            Self::Below(goal) => figure < goal,
            Self::AtMost(goal) => figure <= goal,
            Self::AtLeast(goal) => figure >= goal,
        }
    }

    fn words(self) -> String {
        match self {
            Self::Below(nanoseconds) => format!("< {}", time(nanoseconds)),
            Self::AtMost(ratio) => format!("<= {ratio}"),
            Self::AtLeast(ratio) => format!(">= {ratio}"),
        }
    }
}

/// One printed line: ours, theirs, their ratio, the goal.
#[derive(Debug, Clone, Default)]
pub struct Line {
    pub what: &'static str,
    pub ours: String,
    pub theirs: String,
    pub ratio: Option<f64>,
    /// The goal, and the figure that is held against it.
    pub goal: Option<(Goal, f64)>,
}

impl Line {
    /// Times of one operation on both sides; the ratio is that of the medians.
    pub fn times(what: &'static str, ours: &Series, theirs: &Series) -> Self {
        let ratio = ours.median() / theirs.median();
        Self { what, ours: both_times(ours), theirs: both_times(theirs), ratio: Some(ratio), goal: None }
    }

    /// Operations a second on both sides.
    pub fn rates(what: &'static str, ours: &Series, theirs: &Series) -> Self {
        let rate = |series: &Series| format!("{:.0}/s, {}", series.a_second(), both_times(series));
        let ratio = ours.a_second() / theirs.a_second();
        Self { what, ours: rate(ours), theirs: rate(theirs), ratio: Some(ratio), goal: None }
    }

    /// Times of ours alone.
    pub fn alone(what: &'static str, ours: &Series) -> Self {
        Self { what, ours: both_times(ours), ..Self::default() }
    }

    /// Holds the ratio against a goal.
    pub fn ratio_goal(mut self, goal: Goal) -> Self {
        self.goal = self.ratio.map(|ratio| (goal, ratio));
        self
    }

    /// Holds another figure against a goal.
    pub fn goal(mut self, goal: Goal, figure: f64) -> Self {
        self.goal = Some((goal, figure));
        self
    }

    pub fn print(&self) {
        println!("{}", self.text());
    }

    fn text(&self) -> String {
        let mut text = format!("  {}\n      ours {}", self.what, self.ours);
        if !self.theirs.is_empty() {
            let _ = write!(text, "   theirs {}", self.theirs);
        }
        if let Some(ratio) = self.ratio {
            let _ = write!(text, "   ratio {ratio:.3}");
        }
        if let Some((goal, figure)) = self.goal {
            let verdict = if goal.is_met(figure) { "met" } else { "MISSED" };
            let _ = write!(text, "   goal {}: {verdict}", goal.words());
        }
        text
    }
}

/// Median and 99th percentile.
fn both_times(series: &Series) -> String {
    format!("{} (p99 {})", time(series.median()), time(series.p99()))
}

/// Nanoseconds in a unit that suits them.
pub fn time(nanoseconds: f64) -> String {
    match nanoseconds.abs() {
        size if size < 1e3 => format!("{nanoseconds:.0} ns"),
        size if size < 1e6 => format!("{:.1} µs", nanoseconds / 1e3),
        size if size < 1e9 => format!("{:.2} ms", nanoseconds / 1e6),
        _ => format!("{:.1} s", nanoseconds / 1e9),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn series(values: &[f64]) -> Series {
        Series { name: "a".to_owned(), values: values.to_vec() }
    }

    #[test]
    fn a_line_of_timings_is_read_however_it_is_spaced() {
        let read = Series::read(r#"{"name":"refusal","values":[9120,88.5]}"#).unwrap();
        assert_eq!(read, Series { name: "refusal".to_owned(), values: vec![9120.0, 88.5] });
        assert_eq!(Series::read("{ \"name\": \"refusal\", \"values\": [ 9120, 88.5 ] }\n"), Some(read));
    }

    #[test]
    fn any_other_line_is_no_timings() {
        for line in
            ["", "warning: slow", r#"{"name":"a"}"#, r#"{"name":"a","values":[]}"#, r#"{"name":"a","values":[1,x]}"#]
        {
            assert_eq!(Series::read(line), None, "{line}");
        }
    }

    #[test]
    fn percentiles_are_by_nearest_rank() {
        let hundred = series(&(1..=100).rev().map(f64::from).collect::<Vec<_>>());
        assert_eq!((hundred.median(), hundred.p99(), hundred.percentile(100.0)), (50.0, 99.0, 100.0));
        assert_eq!((series(&[7.0]).median(), series(&[7.0]).p99(), series(&[]).p99()), (7.0, 7.0, 0.0));
    }

    #[test]
    fn the_p99_of_few_values_is_their_worst() {
        assert!((series(&[1.0, 2.0, 900.0]).p99() - 900.0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_rate_counts_the_slow_ones_too() {
        assert!((series(&[1e6, 1e6, 1e6, 7e6]).a_second() - 400.0).abs() < 1e-9);
    }

    #[test]
    fn a_bare_call_is_taken_off_turn_by_turn() {
        assert_eq!(series(&[10.0, 30.0]).less(&series(&[1.0, 2.0])).values, [9.0, 28.0]);
    }

    #[test]
    fn goals_are_exact_at_their_edge() {
        assert!(!Goal::Below(2.0).is_met(2.0) && Goal::AtMost(1.3).is_met(1.3) && Goal::AtLeast(3.0).is_met(3.0));
        assert!(!Goal::AtMost(0.05).is_met(0.06) && !Goal::AtLeast(3.0).is_met(2.9));
    }

    #[test]
    fn a_line_tells_both_sides_the_ratio_and_the_goal() {
        let line = Line::times("a hit", &series(&[2_000.0]), &series(&[1_000.0])).ratio_goal(Goal::AtMost(1.3));
        let text = line.text();
        for part in ["a hit", "ours 2.0 µs (p99 2.0 µs)", "theirs 1.0 µs", "ratio 2.000", "goal <= 1.3: MISSED"] {
            assert!(text.contains(part), "{text}");
        }
        let alone = Line::alone("a hit", &series(&[2_000.0])).goal(Goal::Below(1e5), 2_000.0).text();
        assert!(alone.contains("goal < 100.0 µs: met") && !alone.contains("theirs"), "{alone}");
    }

    #[test]
    fn times_are_told_in_a_unit_that_suits_them() {
        assert_eq!([12.0, 1_234.0, 2_500_000.0, 3e9].map(time), ["12 ns", "1.2 µs", "2.50 ms", "3.0 s"]);
    }
}
