//! Notifications by the desktop's own service on the session bus (org.freedesktop.Notifications).

use std::collections::HashMap;
use std::time::Duration;

use futures_util::StreamExt as _;
use zbus::zvariant::Value;

use super::{News, Notifier, Pressed};

/// What the button is called between us and the desktop.
const SHOW: &str = "show";

/// A desktop that never says that a notification is gone is not listened to for ever.
const LISTENS: Duration = Duration::from_hours(12);

#[zbus::proxy(
    interface = "org.freedesktop.Notifications",
    default_service = "org.freedesktop.Notifications",
    default_path = "/org/freedesktop/Notifications",
    gen_blocking = false
)]
trait Notifications {
    fn get_capabilities(&self) -> zbus::Result<Vec<String>>;

    #[expect(clippy::too_many_arguments, reason = "the desktop's interface has so many")]
    fn notify(
        &self,
        app_name: &str,
        replaces_id: u32,
        app_icon: &str,
        summary: &str,
        body: &str,
        actions: &[&str],
        hints: HashMap<&str, Value<'_>>,
        expire_timeout: i32,
    ) -> zbus::Result<u32>;

    #[zbus(signal)]
    fn action_invoked(&self, id: u32, action_key: String) -> zbus::Result<()>;

    #[zbus(signal)]
    fn notification_closed(&self, id: u32, reason: u32) -> zbus::Result<()>;
}

/// The desktop of this session.
#[derive(Debug, Clone, Copy)]
pub struct Desktop;

impl Notifier for Desktop {
    async fn tell(&self, news: News) -> Pressed {
        let told = tokio::time::timeout(LISTENS, tell(&news)).await;
        told.ok().and_then(Result::ok).unwrap_or(Pressed::Nothing)
    }
}

async fn tell(news: &News) -> zbus::Result<Pressed> {
    let connection = zbus::Connection::session().await?;
    let desktop = NotificationsProxy::new(&connection).await?;
    // Listened to before there is anything to press.
    let mut pressed = desktop.receive_action_invoked().await?;
    let mut closed = desktop.receive_notification_closed().await?;
    let reads_markup = desktop.get_capabilities().await?.iter().any(|can| can == "body-markup");
    let body = if reads_markup { as_markup(&news.text) } else { news.text.clone() };
    let actions: &[&str] = if news.file.is_some() { &[SHOW, "Show in folder"] } else { &[] };
    let hints = HashMap::from([("desktop-entry", Value::from("foray"))]);
    let id = desktop.notify("Foray", 0, "", &news.title, &body, actions, hints, -1).await?;
    loop {
        tokio::select! {
            Some(signal) = pressed.next() => {
                let signal = signal.args()?;
                if signal.id == id && signal.action_key == SHOW {
                    return Ok(Pressed::ShowInFolder);
                }
            }
            Some(signal) = closed.next() => {
                if signal.args()?.id == id {
                    return Ok(Pressed::Nothing);
                }
            }
            else => return Ok(Pressed::Nothing),
        }
    }
}

/// Names and paths are text, also where the desktop reads markup.
fn as_markup(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_markup() {
        assert_eq!(as_markup("R&D <b>"), "R&amp;D &lt;b&gt;");
    }
}
