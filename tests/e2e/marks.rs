//! Where the parts of the window are found. The only place that knows the names the front end gives them for tests.

/// The line above the rows: how many there are, and where they came from.
pub const SOURCE: &str = "[data-testid=source-line]";
/// The bar at the lower edge.
pub const STATUS: &str = "[data-testid=status-bar]";
/// The button that spends a call and says so.
pub const SEARCH: &str = "[data-testid=search-button]";
pub const EXPORT: &str = "[data-testid=export-button]";
pub const NEXT_PAGE: &str = "[data-testid=pager-next]";
/// The choice whom the table shows.
pub const SHOWN: &str = "fieldset input[name=shown]";
pub const PERSONAS: &str = "[data-testid=persona-list]";
/// The lines of the jobs, under way and ended.
pub const JOBS: &str = "[data-testid=job-tray]";
/// The dialog that is open. News over the table has the same role, but nobody need answer it.
pub const DIALOG: &str = "[role=dialog]:not([aria-modal=false])";
/// What the app has to say once, on top.
pub const NOTICES: &str = "section[aria-label=Notices]";
/// Where people stand, or why there are none.
pub const PEOPLE: &str = "main";
