//! People as Foray shows and exports them, whichever endpoint they came from.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whether something exists behind a price, as Apollo's stubs tell it. Never a phone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Likelihood {
    Yes,
    Maybe,
    No,
}

/// One person. What Apollo did not tell is null.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Person {
    /// Apollo's id of the person (24 hexadecimal digits), also for people saved as contacts.
    pub id: String,
    pub name: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    /// From the free endpoint, such as “Hu***n”; never exported as a last name.
    pub last_name_obfuscated: Option<String>,
    pub title: Option<String>,
    pub headline: Option<String>,
    pub seniority: Option<String>,
    /// Null while it is locked: Apollo's placeholder is never shown.
    pub email: Option<String>,
    pub email_status: Option<String>,
    pub phone: Option<String>,
    pub linkedin_url: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub country: Option<String>,
    pub organization_name: Option<String>,
    pub organization_id: Option<String>,
    pub organization_domain: Option<String>,
    pub has_email: Option<bool>,
    pub has_direct_phone: Option<Likelihood>,
}
