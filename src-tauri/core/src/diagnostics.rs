//! A text about how things stand, to be copied into a mail to whoever helps: versions, settings, counters, what happened to
//! the breaker, the last entries of the log. It must never hold a key, a person, a question, or the name of a workspace.

use crate::circuit_breaker::BreakerStatus;
use crate::error::Error;
use crate::foray::Foray;
use crate::status::Status;
use crate::tenant::TenantId;

/// Changes of the breakers that are told.
const CHANGES: u32 = 20;
/// Entries of the log that are told.
const ENTRIES: usize = 40;

impl Foray {
    /// How a workspace and the app stand, as lines of text.
    ///
    /// # Errors
    /// As [`Foray::status`]; the journal can't be read.
    pub async fn diagnostics(&self, tenant: TenantId) -> Result<String, Error> {
        let info = self.info();
        let mut text = String::new();
        let mut line = |name: &str, value: &str| {
            text.extend([name, ": ", value, "\n"]);
        };
        line("Foray", &format!("{} on {} {}", info.version, std::env::consts::OS, std::env::consts::ARCH));
        line("Time", &self.clock().now().to_string());
        let settings = self.settings();
        line("Proxy", settings.proxy.name());
        line("Log", settings.log_level.name());
        line("Workspace", if tenant.is_sample() { "sample" } else { "own" });
        // It is asked for when something is wrong: what can't be told must not keep back the rest.
        match self.status(tenant).await {
            Ok(status) => {
                counters(&status, &mut line);
                breaker(&status.breaker, &mut line);
            }
            // Its sentence may name a folder, and with it the user.
            Err(error) => line("Status can't be told", error.code()),
        }
        for slot in self.activity().last_day(tenant, self.clock().now()).await.unwrap_or_default() {
            if slot.live + slot.cached + slot.refused + slot.failed > 0 {
                let counts = format!(
                    "{} live, {} cached, {} refused, {} failed",
                    slot.live, slot.cached, slot.refused, slot.failed
                );
                line(&format!("Half hour from {}", slot.begins_at), &counts);
            }
        }
        for (at, sentence) in self.activity().breaker_changes(CHANGES).await.unwrap_or_default() {
            line(&format!("Breaker at {at}"), &sentence);
        }
        let log = self.log().clone();
        log.settle().await;
        // Its entries are made of our own words and of numbers.
        let last = tokio::task::spawn_blocking(move || log.last_blocking(ENTRIES)).await.unwrap_or_default();
        for entry in last {
            text.extend(["Log: ", &entry, "\n"]);
        }
        Ok(text)
    }
}

fn counters(status: &Status, line: &mut impl FnMut(&str, &str)) {
    let limiter = &status.limiter;
    line("Calls", &format!("{} of {} used; one fits at {}", limiter.used, limiter.limit, limiter.reset_at));
    if let Some(until) = limiter.paused_until {
        line("Apollo's own limit is reached until", &until.to_string());
    }
    if let Some(until) = limiter.lost_until {
        line("Record of calls lost; counts as full until", &until.to_string());
    }
    for window in &limiter.apollo {
        let counts = format!("{} of {} used, ends {}", window.used, window.limit, window.resets_at);
        line(&format!("Apollo's {:?} of {:?}", window.period, window.class), &counts);
    }
    line("Cache", &format!("{} answers, {} bytes", status.cache.entries, status.cache.bytes));
    line("Endpoint", &format!("{:?}, in use {}", status.endpoint.setting, status.endpoint.in_use.path()));
    line("Key", status.key.name());
}

fn breaker(breaker: &BreakerStatus, line: &mut impl FnMut(&str, &str)) {
    line("Breaker, of this process", breaker.state.name());
    if let Some(reason) = &breaker.reason {
        line("Because", reason);
    }
    if let Some(at) = breaker.retry_at {
        line("Next try", &at.to_string());
    }
    if let Some(since) = breaker.offline_since {
        line("No network since", &since.to_string());
    }
}
