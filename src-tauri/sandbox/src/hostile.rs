//! Rows whose texts want to be more than text: markup, scripts, links, formulas, marks that turn or hide what stands around
//! them, and names without an end. For the fault `hostile`.

use serde_json::{Value, json};

/// What each text is made of. A script that ran would set `window.hostile`.
const SEEDS: [&str; 25] = [
    "<script>window.hostile=1</script>",
    "<img src=x onerror=\"window.hostile=1\">",
    "<svg onload=\"window.hostile=1\"></svg>",
    "<iframe src=\"javascript:parent.hostile=1\"></iframe>",
    "<a href=\"javascript:window.hostile=1\">Ana</a>",
    "<style>*{display:none}</style>",
    "<base href=\"https://evil.example/\">",
    "<meta http-equiv=\"refresh\" content=\"0;url=https://evil.example/\">",
    "<form action=\"https://evil.example/\"><button>Search</button></form>",
    "</span></div></script><script>window.hostile=1</script>",
    "<!-- Ana",
    "&lt;b&gt;Ana&lt;/b&gt;&#x6a;",
    "javascript:window.hostile=1",
    "data:text/html,<script>window.hostile=1</script>",
    "{{constructor.constructor('window.hostile=1')()}}",
    "${window.hostile=1}",
    "'; DROP TABLE personas; --",
    "=HYPERLINK(\"https://evil.example/\",\"Ana\")",
    "\u{202E}anA redael\u{202D}",
    "\u{2069}\u{2069}\u{202E}liam-e deifirev",
    "\u{2067}Ana\u{2066}\u{2068}",
    "A\u{200B}n\u{200D}a\u{FEFF}\u{2060}\u{AD}",
    "Z\u{351}\u{36B}\u{343}\u{36A}\u{302}\u{36B}\u{33D}\u{34F}\u{334}\u{319}\u{324}\u{31E}\u{349}\u{35A}a\u{31F}\u{339}",
    "👩‍👩‍👧‍👦🏳️‍🌈\u{E0067}\u{E007F}",
    "\u{2028}Ana\u{2029}\u{85}Keil\u{0}",
];

/// Ways to put a seed into a text; 200 texts in all.
const SETTINGS: u64 = 8;

/// Where a link of a person leads.
const LINKS: [&str; 10] = [
    "javascript:window.hostile=1",
    "JaVaScRiPt:window.hostile=1",
    " \tjavascript:window.hostile=1",
    "data:text/html,<script>window.hostile=1</script>",
    "file:///etc/passwd",
    "http://evil.example/",
    "https://ana:secret@evil.example/",
    "//evil.example/",
    "\u{202E}https://evil.example/",
    "https://www.linkedin.example/in/ana-keil",
];

/// Puts hostile texts into every row of an answer with people; other answers stay as they are.
pub fn make_hostile(answer: &mut Value) {
    let page = |name: &str| answer.pointer(&format!("/pagination/{name}")).and_then(Value::as_u64);
    let first = page("page").unwrap_or(1).saturating_sub(1) * page("per_page").unwrap_or(0);
    let Some(people) = answer.get_mut("people").and_then(Value::as_array_mut) else { return };
    for (number, person) in (first..).zip(people) {
        let Some(person) = person.as_object_mut() else { continue };
        for (name, shift) in [("name", 0), ("first_name", 0), ("title", 67), ("headline", 31), ("city", 131)] {
            person.insert(name.to_owned(), json!(text(number + shift)));
        }
        person.insert("linkedin_url".to_owned(), json!(LINKS[(number % LINKS.len() as u64) as usize]));
        person.insert("photo_url".to_owned(), json!("https://evil.example/ana.png"));
        person.insert("organization".to_owned(), json!({ "id": number.to_string(), "name": text(number + 101) }));
    }
}

/// One of 200 texts.
fn text(number: u64) -> String {
    let seed = SEEDS[(number % SEEDS.len() as u64) as usize];
    match number / SEEDS.len() as u64 % SETTINGS {
        0 => seed.to_owned(),
        1 => format!("{seed} Keil"),
        2 => format!("Ana {seed}"),
        3 => format!("Ana {seed} Keil"),
        4 => format!("\"{seed}\""),
        5 => format!("{} KEIL", seed.to_uppercase()),
        6 => format!("العربية {seed} עברית"),
        _ => format!("{seed} {}", "Wide W".repeat(1_700)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn there_are_200_texts_and_some_have_ten_kilobytes() {
        let texts: BTreeSet<String> = (0..200).map(text).collect();
        assert_eq!(texts.len(), 200);
        assert_eq!(texts.iter().filter(|text| text.len() > 10_000).count(), 25);
    }

    #[test]
    fn the_second_page_goes_on_where_the_first_ended() {
        let mut answer = json!({"pagination": {"page": 2, "per_page": 50}, "people": [{"id": "a"}]});
        make_hostile(&mut answer);
        assert_eq!((&answer["people"][0]["name"], &answer["people"][0]["id"]), (&json!(text(50)), &json!("a")));
        let mut other = json!({"healthy": true});
        make_hostile(&mut other);
        assert_eq!(other, json!({"healthy": true}));
    }
}
