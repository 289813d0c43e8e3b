//! One window and its driver: start, look, click, type, take a picture, close.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::error::{CmdError, ErrorStatus};
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use foray_core::apollo::Origin;
use foray_core::clock::Clock;
use foray_core::secrets::MemoryKeys;
use foray_core::{Foray, Options, TenantId};
use hyper_util::client::legacy::connect::HttpConnector;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};

/// How long anything in the window may take to appear, on a slow machine.
pub const PATIENCE: Duration = Duration::from_secs(30);

const DRIVER: &str = "WebKitWebDriver";

pub struct Window {
    pub client: Client,
    driver: Child,
    data: PathBuf,
}

/// The app that is tested.
pub fn binary() -> String {
    std::env::var("FORAY_E2E_BINARY").unwrap_or_else(|_| env!("CARGO_BIN_EXE_foray").to_owned())
}

/// The folders of one test: they outlive a window, so that it can be opened again.
pub struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("exports")).unwrap();
        Self { folder }
    }

    pub fn exports(&self) -> PathBuf {
        self.folder.path().join("exports")
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The folder of the sample workspace's files.
    pub fn sample(&self) -> PathBuf {
        self.data().join("tenants").join(TenantId::SAMPLE.to_string())
    }

    /// Another process on the same data, as the command line is one; it asks Apollo at `origin`.
    pub async fn other_process(&self, origin: &str, clock: Arc<dyn Clock>) -> Foray {
        let options = Options {
            data_dir: self.data(),
            apollo: Origin::parse(origin).unwrap(),
            sandbox: None,
            environment_key: None,
            keys: Arc::new(MemoryKeys::default()),
            clock,
            deadline: Duration::from_secs(10),
            background: false,
        };
        Foray::open(options).await.unwrap()
    }
}

impl Window {
    pub async fn open(home: &Home) -> Self {
        Self::open_with(home, &[]).await
    }

    /// Opens the window with further variables in its environment.
    pub async fn open_with(home: &Home, variables: &[(&str, &str)]) -> Self {
        Self::start(home, Command::new(DRIVER), variables).await
    }

    /// Opens the window where only it sees what the shell commands `mounts` did to its folders: nothing of that outlives
    /// it, however it ends.
    pub async fn open_among(home: &Home, mounts: &str) -> Self {
        let mut command = Command::new("unshare");
        command.args(["--mount", "sh", "-c", &format!("{mounts} && exec {DRIVER} \"$@\""), DRIVER]);
        Self::start(home, command, &[]).await
    }

    async fn start(home: &Home, mut command: Command, variables: &[(&str, &str)]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        command
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("FORAY_DATA_DIR", home.data())
            .env("FORAY_E2E_SAVE_TO", home.exports())
            .stdin(Stdio::null());
        for (name, value) in variables {
            command.env(name, value);
        }
        let driver = command.spawn().expect("WebKitWebDriver (package webkit2gtk-driver)");
        let capabilities = json!({"webkitgtk:browserOptions": {"binary": binary(), "args": []}});
        let Value::Object(capabilities) = capabilities else { unreachable!() };
        let deadline = Instant::now() + PATIENCE;
        let client = loop {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(capabilities.clone());
            match builder.connect(&format!("http://127.0.0.1:{port}")).await {
                Ok(client) => break client,
                Err(error) if Instant::now() > deadline => panic!("no session: {error}"),
                Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
            }
        };
        let window = Self { client, driver, data: home.data() };
        window.listen_for_violations().await;
        window
    }

    /// A path as the window sees it, which may not be what everybody else sees there.
    pub fn seen(&self, path: &Path) -> PathBuf {
        Path::new("/proc").join(self.driver.id().to_string()).join("root").join(path.strip_prefix("/").unwrap())
    }

    /// Closes the window and its driver, once the place it was left at is kept.
    pub async fn close(self) {
        // What the page hears when a user closes the window; the driver ends it without this farewell.
        self.client.execute("window.dispatchEvent(new Event('pagehide'));", vec![]).await.unwrap();
        let deadline = Instant::now() + PATIENCE;
        // One address can be spelled in several ways, and more than it is kept beside it.
        let same = "const parts = address => JSON.stringify([...new URLSearchParams(address)].filter(([name]) => name !== 'kept').sort()); \
                    return parts(arguments[0]) === parts(location.search);";
        loop {
            let kept = place(&self.data).unwrap_or_default();
            if self.client.execute(same, vec![json!(kept)]).await.unwrap() == json!(true) {
                break;
            }
            assert!(Instant::now() < deadline, "the place of the window was not kept, only {kept}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.end().await;
    }

    /// Closes a window that could not keep its place, after a last look for breaches of the content policy.
    pub async fn end(self) {
        assert_eq!(self.violations().await, json!([]), "the content policy was breached");
        // The window may be gone before it answers.
        drop(self.client.clone().close().await);
        self.closed().await;
    }

    /// Waits until a window that somebody closes is gone, and ends its driver.
    pub async fn closed(mut self) {
        // The driver ends the window after it has answered, and its processes write to the folder until they are gone: a
        // driver that is killed first leaves a window behind that nobody can close.
        let deadline = Instant::now() + PATIENCE;
        while let Some(process) = at_work_in(&self.data, self.driver.id()) {
            assert!(Instant::now() < deadline, "the window is closed, but {process} is still there");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        drop(self.driver.kill());
        drop(self.driver.wait());
    }

    /// The test build listens from its first script on; an installed window only from here.
    async fn listen_for_violations(&self) {
        let script = "if (window.__violations) return; window.__violations = []; document.addEventListener('securitypolicyviolation', \
                      event => window.__violations.push(event.violatedDirective + ' ' + event.blockedURI));";
        self.client.execute(script, vec![]).await.unwrap();
    }

    pub async fn violations(&self) -> Value {
        self.client.execute("return window.__violations;", vec![]).await.unwrap()
    }

    /// Waits for an element.
    pub async fn find(&self, css: &str) -> Element {
        match self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await {
            Ok(element) => element,
            Err(error) => panic!("{css}: {error}\n{}", self.page_text().await),
        }
    }

    /// Waits for a button by what stands on it.
    pub async fn button(&self, words: &str) -> Element {
        let path = format!("//button[contains(normalize-space(.), {words:?}) or @aria-label={words:?}]");
        match self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(&path)).await {
            Ok(element) => element,
            Err(error) => panic!("button {words}: {error}\n{}", self.page_text().await),
        }
    }

    /// Presses a button; one that news lies over, once that has gone.
    pub async fn click(&self, words: &str) {
        let deadline = Instant::now() + PATIENCE;
        while let Err(error) = self.button(words).await.click().await {
            let covered = matches!(&error, CmdError::Standard(of) if of.error == ErrorStatus::ElementClickIntercepted);
            assert!(covered && Instant::now() < deadline, "button {words}: {error}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Goes to what was looked at before in this tab.
    pub async fn back(&self) {
        self.find("button[aria-label^='Back (']").await.click().await.unwrap();
    }

    /// Chooses from the workspace's menu.
    pub async fn choose_from_menu(&self, words: &str) {
        self.find("#workspace-menu").await.click().await.unwrap();
        self.click_item(words).await;
    }

    /// Clicks an item of the open menu.
    pub async fn click_item(&self, words: &str) {
        let path = format!("//*[@role='menuitem'][contains(., {words:?})]");
        let item = self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(&path)).await.unwrap();
        item.click().await.unwrap();
    }

    /// Waits until an element's text holds `words`; answers the text.
    pub async fn text_with(&self, css: &str, words: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let text = self.text(css).await;
            if text.contains(words) {
                return text;
            }
            assert!(Instant::now() < deadline, "“{words}” never came into {css}: “{text}”\n{}", self.page_text().await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until no such element is there.
    pub async fn gone(&self, css: &str) {
        let deadline = Instant::now() + PATIENCE;
        let script = "return document.querySelector(arguments[0]) === null;";
        while self.client.execute(script, vec![json!(css)]).await.unwrap() != json!(true) {
            assert!(Instant::now() < deadline, "{css} never went away");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub async fn text(&self, css: &str) -> String {
        let script = "return document.querySelector(arguments[0])?.innerText ?? '';";
        let text = self.client.execute(script, vec![json!(css)]).await.unwrap();
        text.as_str().unwrap_or_default().to_owned()
    }

    pub async fn page_text(&self) -> String {
        self.text("body").await
    }

    /// Texts of the rows on the screen, once there are any and none is a placeholder.
    pub async fn rows(&self) -> Vec<String> {
        let script = "const rows = [...document.querySelectorAll('[data-testid=grid] [role=row]')].slice(1);
            return rows.some(row => row.ariaBusy === 'true') ? [] : rows.map(row => row.innerText);";
        let deadline = Instant::now() + PATIENCE;
        loop {
            let rows = self.client.execute(script, vec![]).await.unwrap();
            let rows: Vec<String> = serde_json::from_value(rows).unwrap();
            if !rows.is_empty() {
                return rows;
            }
            assert!(Instant::now() < deadline, "no rows ever came");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Writes a text over what stands in a field, as somebody does who looks at it: again, until it holds the text.
    pub async fn type_over(&self, field: &Element, text: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            field.clear().await.unwrap();
            field.send_keys(text).await.unwrap();
            let found = field.prop("value").await.unwrap().unwrap_or_default();
            if found == text {
                return;
            }
            assert!(Instant::now() < deadline, "“{text}” was typed, and “{found}” stands in the field");
        }
    }

    pub async fn press(&self, key: Key) {
        self.client.active_element().await.unwrap().send_keys(&char::from(key).to_string()).await.unwrap();
    }

    pub async fn type_text(&self, text: &str) {
        self.client.active_element().await.unwrap().send_keys(text).await.unwrap();
    }

    /// Makes the window this large, in pixels.
    pub async fn resize(&self, width: u32, height: u32) {
        self.client.set_window_size(width, height).await.unwrap();
        let deadline = Instant::now() + PATIENCE;
        let size = "return [innerWidth, innerHeight];";
        while self.client.execute(size, vec![]).await.unwrap() != json!([width, height]) {
            assert!(Instant::now() < deadline, "the window never was {width} × {height}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.drawn().await;
    }

    /// Waits until what the page holds is on the screen.
    async fn drawn(&self) {
        let frames =
            "return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));";
        self.client.execute(frames, vec![]).await.unwrap();
    }

    /// Keeps something that nobody sees drawn anew for two seconds: a web view that paints without a graphics processor hands its
    /// picture out with what it draws next, and a page at rest draws nothing.
    async fn keep_drawing(&self) {
        let dot = "const dot = document.body.appendChild(document.createElement('i'));
                   dot.style.cssText = 'position: fixed; top: 0; left: 0; width: 1px; height: 1px';
                   let left = 20;
                   const drawing = setInterval(() => {
                       dot.style.background = left % 2 ? '#0001' : '#0002';
                       if (--left === 0) { clearInterval(drawing); dot.remove(); }
                   }, 100);";
        self.client.execute(dot, vec![]).await.unwrap();
    }

    /// A picture of the page, kept for whoever looks at the run.
    pub async fn picture(&self, name: &str) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("e2e");
        std::fs::create_dir_all(&folder).unwrap();
        self.drawn().await;
        self.keep_drawing().await;
        let png = self.client.screenshot().await.unwrap();
        std::fs::write(folder.join(format!("{name}.png")), png).unwrap();
    }
}

/// The address at which the next window would open: the view of the workspace that was last.
pub fn place(data: &Path) -> rusqlite::Result<String> {
    let one = |file: &str, question: &str| -> rusqlite::Result<String> {
        let connection = Connection::open_with_flags(data.join(file), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.busy_timeout(Duration::from_secs(1))?;
        connection.query_row(question, [], |row| row.get(0))
    };
    let last = one("workspaces.sqlite", "SELECT value FROM facts WHERE name = 'last_workspace'")?;
    one(&format!("tenants/{last}/people.sqlite"), "SELECT address FROM views")
}

/// A process that was started for this data folder and is still there, other than the driver.
fn at_work_in(data: &Path, driver: u32) -> Option<String> {
    let wanted = format!("FORAY_DATA_DIR={}\0", data.display()).into_bytes();
    let processes = std::fs::read_dir("/proc").unwrap().filter_map(Result::ok).map(|process| process.path());
    let mut others = processes.filter(|process| !process.ends_with(driver.to_string()));
    let at_work = others.find(|process| {
        // A process may end, or be another user's, while it is looked at.
        let environment = std::fs::read(process.join("environ")).unwrap_or_default();
        environment.windows(wanted.len()).any(|part| part == wanted)
    })?;
    let name = std::fs::read_to_string(at_work.join("comm")).unwrap_or_default();
    Some(format!("{} ({})", name.trim(), at_work.display()))
}

impl Drop for Window {
    fn drop(&mut self) {
        // A test that failed leaves no driver behind; one that ended well has killed it already.
        drop(self.driver.kill());
        drop(self.driver.wait());
    }
}
