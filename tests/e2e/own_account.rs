//! Own account.
