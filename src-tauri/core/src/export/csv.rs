//! CSV lines (RFC 4180) in the two flavours of `exports.md`. Pure: text in, text out.

use std::borrow::Cow;

use super::Flavour;
use super::phone;

/// Stands before the header of the Excel flavour, so that accents survive.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The head of the file: mark and header.
pub fn head(flavour: Flavour, columns: &[&str]) -> String {
    let mut text = match flavour {
        Flavour::Excel => BYTE_ORDER_MARK.to_owned(),
        Flavour::Import => String::new(),
    };
    push_line(&mut text, columns.iter().copied());
    text
}

/// One record with its line end.
pub fn record<'a>(flavour: Flavour, cells: impl Iterator<Item = &'a str>) -> String {
    let mut line = String::new();
    push_record(&mut line, flavour, cells);
    line
}

/// [`record`] at the end of a text, for who writes many.
pub fn push_record<'a>(text: &mut String, flavour: Flavour, cells: impl Iterator<Item = &'a str>) {
    match flavour {
        Flavour::Import => push_line(text, cells),
        Flavour::Excel => {
            for (position, cell) in cells.enumerate() {
                push_separator(text, position);
                push_cell(text, &guard(cell));
            }
            text.push_str(LINE_END);
        }
    }
}

const LINE_END: &str = "\r\n";

fn push_line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (position, cell) in cells.enumerate() {
        push_separator(text, position);
        push_cell(text, cell);
    }
    text.push_str(LINE_END);
}

fn push_separator(text: &mut String, position: usize) {
    if position > 0 {
        text.push(',');
    }
}

/// Quotes where a reader would else stumble. U+0000 has no place in any CSV.
fn push_cell(text: &mut String, cell: &str) {
    // Most cells need nothing of all this: that is found out byte by byte, since no letter beyond ASCII holds one of these.
    let special = |byte: u8| matches!(byte, b',' | b'"' | b'\r' | b'\n' | b';' | b'\t' | b'\0');
    let edge = cell.starts_with(char::is_whitespace) || cell.ends_with(char::is_whitespace);
    if !edge && !cell.bytes().any(special) {
        text.push_str(cell);
        return;
    }
    let quoted = edge || cell.contains([',', '"', '\r', '\n', ';', '\t']);
    if quoted {
        text.push('"');
    }
    for letter in cell.chars().filter(|letter| *letter != '\0') {
        if letter == '"' {
            text.push('"');
        }
        text.push(letter);
    }
    if quoted {
        text.push('"');
    }
}

/// Disarms what a spreadsheet would run: `'` before `= @ TAB CR`, and before `+ -` unless it is a phone or a number.
/// Phones are grouped with spaces, so that they stay text; hyphens between their digits would be calculated.
fn guard(cell: &str) -> Cow<'_, str> {
    match cell.chars().find(|letter| *letter != '\0') {
        Some('=' | '@' | '\t' | '\r') => Cow::Owned(format!("'{cell}")),
        Some('+' | '-') => {
            let cell = phone::grouped(cell);
            let harmless = phone::is_grouped(&cell) || cell.parse::<f64>().is_ok_and(f64::is_finite);
            Cow::Owned(if harmless { cell } else { format!("'{cell}") })
        }
        _ => Cow::Borrowed(cell),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use proptest::prelude::*;

    fn cell(flavour: Flavour, text: &str) -> String {
        record(flavour, [text].into_iter()).trim_end_matches("\r\n").to_owned()
    }

    #[test]
    fn the_excel_flavour_has_a_mark_and_the_import_flavour_none() {
        assert_eq!(head(Flavour::Excel, &["a", "b"]), "\u{feff}a,b\r\n");
        assert_eq!(head(Flavour::Import, &["a", "b"]), "a,b\r\n");
    }

    #[test]
    fn formulas_are_disarmed_for_excel_and_untouched_for_imports() {
        for text in ["=cmd|' /C calc'!A0", "@SUM(A1)", "+1+1", "-2-3", "=1", "-cmd", "\0=1+1"] {
            let plain = text.replace('\0', "");
            assert_eq!(cell(Flavour::Excel, text), format!("'{plain}"));
            assert_eq!(cell(Flavour::Import, text), plain);
        }
        assert_eq!(cell(Flavour::Excel, "\t=1"), "\"'\t=1\"");
    }

    #[test]
    fn numbers_and_phones_are_no_formulas() {
        assert_eq!(cell(Flavour::Excel, "-5"), "-5");
        assert_eq!(cell(Flavour::Excel, "+44 20 7946 0000"), "+44 20 7946 0000");
        assert_eq!(cell(Flavour::Excel, "+442079460000"), "+44 207 946 0000");
        assert_eq!(cell(Flavour::Import, "+442079460000"), "+442079460000");
        assert_eq!(cell(Flavour::Excel, "-inf"), "'-inf");
        assert_eq!(cell(Flavour::Excel, "+1-555-555-0100"), "+1 555 555 0100");
        assert_eq!(cell(Flavour::Excel, "+12-345"), "'+12-345", "a spreadsheet would calculate it");
    }

    #[test]
    fn quotes_commas_newlines_and_edges_are_quoted() {
        assert_eq!(cell(Flavour::Import, "a\"b"), "\"a\"\"b\"");
        assert_eq!(cell(Flavour::Import, "\""), "\"\"\"\"");
        assert_eq!(cell(Flavour::Import, "a,b\nc"), "\"a,b\nc\"");
        assert_eq!(cell(Flavour::Import, " a"), "\" a\"");
        assert_eq!(cell(Flavour::Import, "00123"), "00123");
        assert_eq!(cell(Flavour::Import, "a\0b"), "ab");
        assert_eq!(cell(Flavour::Import, &"é".repeat(32_767)).chars().count(), 32_767);
    }

    proptest! {
        #[test]
        fn any_record_is_read_back_by_a_csv_parser(cells in prop::collection::vec("[^\\x00]{0,12}", 1..6)) {
            let text = head(Flavour::Import, &["header"]) + &record(Flavour::Import, cells.iter().map(String::as_str));
            let mut reader = ::csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
            let rows: Vec<Vec<String>> = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
            // A record of one empty cell is a blank line, which parsers skip.
            if !(cells.len() == 1 && cells[0].is_empty()) {
                prop_assert_eq!(rows, vec![cells]);
            }
        }

        #[test]
        fn no_cell_for_excel_begins_like_a_formula(text in "[=@+\\-\\t\\r'a1. ]{0,8}") {
            let first = guard(&text);
            let starts = first.chars().next();
            prop_assert!(!matches!(starts, Some('=' | '@' | '\t' | '\r')));
            if matches!(starts, Some('+' | '-')) {
                prop_assert!(phone::is_grouped(&first) || first.parse::<f64>().is_ok());
            }
        }
    }
}
