//! What a person typed or pasted, as one line that shows what it holds.

use unicode_normalization::UnicodeNormalization;

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
