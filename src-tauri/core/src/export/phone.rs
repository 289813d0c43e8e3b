//! Phone numbers in groups, so that a spreadsheet takes them for text.

/// Country codes of two digits; +1 and +7 have one, all others three (ITU-T E.164).
const TWO_DIGITS: [&str; 45] = [
    "20", "27", "28", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49",
    "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "83", "84",
    "86", "89", "90", "91", "92", "93", "94",
];

/// True for what is dialled: a plus, then digits with the usual signs between them.
pub fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.starts_with('+')
        && (5..=20).contains(&digits)
        && text.chars().skip(1).all(|letter| letter.is_ascii_digit() || " -().".contains(letter))
}

/// True for digits in groups: a spreadsheet takes them for text, where it would calculate other signs between them.
pub fn is_grouped(text: &str) -> bool {
    is_phone(text) && text.contains(' ') && !text.contains(['-', '(', ')', '.'])
}

/// `+442079460000` and `+44-207-946-0000` as `+44 207 946 0000`; what is in groups already, or no phone number, stays.
pub fn grouped(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if !is_phone(text) || is_grouped(text) || !(7..=15).contains(&digits.len()) {
        return text.to_owned();
    }
    let code = match digits.as_bytes()[0] {
        b'1' | b'7' => 1,
        _ if TWO_DIGITS.contains(&&digits[..2]) || ["95", "98"].contains(&&digits[..2]) => 2,
        _ => 3,
    };
    let (country, mut rest) = digits.split_at(code);
    let mut groups = vec![format!("+{country}")];
    while rest.len() > 4 {
        let (group, more) = rest.split_at(3);
        groups.push(group.to_owned());
        rest = more;
    }
    groups.push(rest.to_owned());
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_grouped_after_its_country_code() {
        assert_eq!(grouped("+442079460000"), "+44 207 946 0000");
        assert_eq!(grouped("+15555550100"), "+1 555 555 0100");
        assert_eq!(grouped("+35312345678"), "+353 123 456 78");
        assert_eq!(grouped("+1-555-555-0100"), "+1 555 555 0100");
        assert_eq!(grouped("+1 (555) 555-0100"), "+1 555 555 0100");
    }

    #[test]
    fn what_is_no_number_stays() {
        for text in ["00123", "+", "+44 20 7946 0000", "+12", "call me", ""] {
            assert_eq!(grouped(text), text);
        }
    }

    #[test]
    fn a_formula_is_no_phone() {
        assert!(is_phone("+44 20 7946 0000") && is_phone("+1 (555) 555-0100"));
        for text in ["+cmd|' /C calc'!A0", "+1+1", "-5", "+5", "+123 456 789 012 345 678 901 234"] {
            assert!(!is_phone(text), "{text}");
        }
    }
}
