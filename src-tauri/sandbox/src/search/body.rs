//! Reading a request's JSON body the way Apollo does: unknown keys are nobody's business, wrong types are 422.
//! Must never reject a key it does not know: that silence is a trap of the real service, kept on purpose.

use serde_json::{Map, Value};

/// A request that cannot be answered: always 422, with the text Apollo gives.
#[derive(Debug, PartialEq, Eq, Clone)]
pub struct Refusal(pub String);

impl Refusal {
    pub fn wrong_type(from: &str, to: &str) -> Self {
        Self(format!("no implicit conversion of {from} into {to}"))
    }

    /// Apollo shows the first 50,000 rows of a search and no more.
    pub fn wall() -> Self {
        Self("Page * per page number is over threshold.".to_owned())
    }
}

/// A body that is a JSON object.
#[derive(Debug, Default, Clone)]
pub struct Body(pub Map<String, Value>);

/// Both ends of a `{min, max}` filter, each of which may be open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    pub min: Option<f64>,
    pub max: Option<f64>,
}

impl Range {
    pub fn holds(self, value: f64) -> bool {
        self.min.is_none_or(|min| value >= min) && self.max.is_none_or(|max| value <= max)
    }
}

impl Body {
    /// An array of texts; `None` when the key is absent, null or empty. A scalar is refused.
    pub fn list(&self, key: &str) -> Result<Option<Vec<String>>, Refusal> {
        match self.0.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Array(values)) if values.is_empty() => Ok(None),
            Some(Value::Array(values)) => Ok(Some(values.iter().map(text_of).collect())),
            Some(other) => Err(Refusal::wrong_type(kind_of(other), "Array")),
        }
    }

    /// An object with `min` and `max`. A text or an array is refused with the words recorded from Apollo.
    pub fn range(&self, key: &str) -> Result<Option<Range>, Refusal> {
        match self.0.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Object(ends)) => Ok(Some(Range { min: number(ends.get("min")), max: number(ends.get("max")) })),
            Some(_) => Err(Refusal::wrong_type("String", "Integer")),
        }
    }

    /// A text; `None` when absent, null or blank.
    pub fn text(&self, key: &str) -> Result<Option<String>, Refusal> {
        match self.0.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Array(_)) => Err(Refusal::wrong_type("Array", "String")),
            Some(Value::Object(_)) => Err(Refusal::wrong_type("Hash", "String")),
            Some(value) => Ok(Some(text_of(value).trim().to_owned()).filter(|text| !text.is_empty())),
        }
    }

    /// A flag, also as the text `"true"` or `"false"`.
    pub fn flag(&self, key: &str) -> Option<bool> {
        match self.0.get(key)? {
            Value::Bool(flag) => Some(*flag),
            Value::String(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// A whole number, also as a text (`"1"`) or as a float without a fraction.
    pub fn whole_number(&self, key: &str) -> Result<Option<u64>, Refusal> {
        match self.0.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value @ (Value::Array(_) | Value::Object(_))) => Err(Refusal::wrong_type(kind_of(value), "Integer")),
            // A number that cannot be read counts as 0, as Ruby's to_i does.
            value => Ok(Some(number(value).map_or(0, |number| number.max(0.0) as u64))),
        }
    }
}

fn number(value: Option<&Value>) -> Option<f64> {
    match value? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "String",
        Value::Number(_) => "Integer",
        Value::Object(_) => "Hash",
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        Value::Array(_) => "Array",
        Value::Null => "nil",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    fn body(value: &Value) -> Body {
        Body(value.as_object().unwrap().clone())
    }

    #[test]
    fn a_scalar_where_an_array_is_due_is_refused() {
        let refusal = body(&json!({"person_titles": "CFO"})).list("person_titles").unwrap_err();
        assert_eq!(refusal.0, "no implicit conversion of String into Array");
    }

    #[test]
    fn a_range_sent_as_a_text_or_an_array_is_refused_with_apollos_words() {
        for wrong in [json!("1,10"), json!(["1,10"])] {
            let refusal = body(&json!({"revenue_range": wrong})).range("revenue_range").unwrap_err();
            assert_eq!(refusal.0, "no implicit conversion of String into Integer");
        }
    }

    #[test]
    fn a_page_may_be_a_text() {
        assert_eq!(body(&json!({"page": "12"})).whole_number("page"), Ok(Some(12)));
        assert_eq!(body(&json!({"page": 3.0})).whole_number("page"), Ok(Some(3)));
    }
}
