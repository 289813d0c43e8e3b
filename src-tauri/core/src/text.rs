//! Text as one line that shows what it holds, and the forms in which two texts are compared or put in order.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Marks that show nothing and turn the text around them or hide in it: zero-width space, word joiner, byte order mark,
/// soft hyphen, and the marks, embeddings, overrides and isolates of direction. Joiners stay: some scripts need them.
fn is_hidden(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// NFC, without hidden marks; control characters and runs of white space as one blank, trimmed.
pub fn visible_line(text: &str) -> String {
    let visible: String = text
        .nfc()
        .filter(|letter| !is_hidden(*letter))
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The form in which two texts say the same: letters and digits in folded case, words apart by one blank. `VP, Sales` and
/// `vp sales` are one.
pub fn words(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        push_words(&mut folded, text.chars().map(|letter| letter.to_ascii_lowercase()));
    } else {
        // Upper and lower again, so that ß and SS meet.
        push_words(&mut folded, text.nfkc().flat_map(char::to_uppercase).flat_map(char::to_lowercase));
    }
    folded
}

/// The form by which texts stand in order when their bytes do: [`words`] without accents, whole numbers by their value.
/// Empty for what has neither letter nor digit.
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut folded = String::with_capacity(text.len() + 4);
    if text.is_ascii() {
        push_words(&mut folded, text.chars().map(|letter| letter.to_ascii_lowercase()));
    } else {
        let bare = text.nfkd().filter(|letter| !is_combining_mark(*letter));
        push_words(&mut folded, bare.flat_map(char::to_uppercase).flat_map(char::to_lowercase));
    }
    if folded.bytes().any(|byte| byte.is_ascii_digit()) { by_value(&folded) } else { folded.into_bytes() }
}

/// Calls `each` with the words by which a text is found: as [`sort_key`] folds them, and letters that are no accented ones but
/// are typed as such on other keyboards, such as ø, in their plain form.
pub fn search_words(text: &str, each: impl FnMut(&str)) {
    let mut folded = String::with_capacity(text.len() + 4);
    if text.is_ascii() {
        push_words(&mut folded, text.chars().map(|letter| letter.to_ascii_lowercase()));
    } else {
        let bare = text.nfkd().filter(|letter| !is_combining_mark(*letter));
        let lower = bare.flat_map(char::to_uppercase).flat_map(char::to_lowercase);
        // Lower case may bring marks back, as of the Turkish capital İ.
        let mut plain = String::with_capacity(text.len() + 4);
        lower.filter(|letter| !is_combining_mark(*letter)).for_each(|letter| push_plain(&mut plain, letter));
        push_words(&mut folded, plain.chars());
    }
    folded.split(' ').filter(|word| !word.is_empty()).for_each(each);
}

fn push_plain(to: &mut String, letter: char) {
    match letter {
        'ø' => to.push('o'),
        'ł' => to.push('l'),
        'đ' | 'ð' => to.push('d'),
        'ħ' => to.push('h'),
        'ŧ' => to.push('t'),
        'ı' => to.push('i'),
        'æ' => to.push_str("ae"),
        'œ' => to.push_str("oe"),
        'þ' => to.push_str("th"),
        letter => to.push(letter),
    }
}

fn push_words(to: &mut String, letters: impl Iterator<Item = char>) {
    let mut apart = false;
    for letter in letters {
        if letter.is_alphanumeric() {
            if apart && !to.is_empty() {
                to.push(' ');
            }
            apart = false;
            to.push(letter);
        } else {
            // An apostrophe stands within a word: O’Brien is one.
            apart |= !matches!(letter, '\'' | '\u{2019}');
        }
    }
}

/// Each run of digits led by its length, so that 7 stands before 41.
fn by_value(folded: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(folded.len() + 4);
    let mut rest = folded.as_bytes();
    while let Some(first) = rest.first() {
        if first.is_ascii_digit() {
            let run = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let (digits, after) = rest.split_at(run);
            let zeros = digits.iter().take_while(|byte| **byte == b'0').count();
            // No length reaches the letters: a longer number is cut in none that anybody reads.
            key.push(b'0' + (run - zeros).min(40) as u8);
            key.extend_from_slice(&digits[zeros..]);
            rest = after;
        } else {
            key.push(*first);
            rest = &rest[1..];
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(mut texts: Vec<&str>) -> Vec<&str> {
        texts.sort_by_key(|text| sort_key(text));
        texts
    }

    #[test]
    fn words_are_the_same_however_they_are_written() {
        assert_eq!(words("  VP,  Sales "), words("vp sales"));
        assert_eq!(words("STRASSE"), words("Straße"));
        assert_eq!(words("O’Brien"), words("O'BRIEN"));
        assert_ne!(words("Köln"), words("Koln"));
        assert_eq!(words("🚀 –"), "");
    }

    #[test]
    fn accents_and_case_do_not_part_what_belongs_together_in_order() {
        assert_eq!(
            ordered(vec!["Zoe", "ékaterina", "Eva", "elias", "Émile"]),
            ["ékaterina", "elias", "Émile", "Eva", "Zoe"]
        );
    }

    #[test]
    fn a_text_is_found_by_plain_letters_however_it_is_written() {
        let found = |text: &str| {
            let mut words = Vec::new();
            search_words(text, |word| words.push(word.to_owned()));
            words
        };
        assert_eq!(found("Émile  SØRENSEN-Łuk"), ["emile", "sorensen", "luk"]);
        assert_eq!(found("Straße, ÆRØ, İzmir, þór"), ["strasse", "aero", "izmir", "thor"]);
        assert_eq!(found("O’Brien 007 ＡＢ"), ["obrien", "007", "ab"]);
        assert!(found("🚀 –").is_empty());
    }

    #[test]
    fn numbers_stand_by_their_value() {
        assert_eq!(ordered(vec!["Org 41", "Org 7", "Org 007b", "Org 100"]), ["Org 7", "Org 007b", "Org 41", "Org 100"]);
        assert!(sort_key(&"9".repeat(60)) > sort_key("8") && sort_key(&"9".repeat(60)) < sort_key("a"));
    }

    #[test]
    fn signs_in_front_do_not_decide_the_order_and_signs_alone_have_none() {
        assert_eq!(ordered(vec!["Zed", "“Acme”", "<b>Bob"]), ["“Acme”", "<b>Bob", "Zed"]);
        assert!(sort_key("🚀").is_empty());
    }
}
