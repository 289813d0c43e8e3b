// Generated from Rust by `cargo xtask types`; a test fails when it drifts. Do not edit.

export type AccountCheck = { valid: boolean, 
/**
 * Whose key it is, as Apollo tells.
 */
owner: string | null, credits_left: Credits | null, credits_used: Credits | null, cycle_ends: string | null, endpoints: Array<EndpointCheck>, calls_spent: number, 
/**
 * What it means, step by step.
 */
sentences: Array<string>, checked_at: string, 
/**
 * Why it is not known to be valid: the code of an error.
 */
code: string | null, };
export type ActivitySlot = { begins_at: string, live: number, cached: number, refused: number, failed: number, };
export type AgainstApollo = { 
/**
 * When it was told is when the comparison was made: nothing that is newer is in it.
 */
latest: Figure, 
/**
 * When the first count of the same billing cycle was told.
 */
since: string, 
/**
 * What Apollo's count went up by; null when it began anew.
 */
counted: Credits | null, 
/**
 * What the books have of the same time.
 */
charged: Credits, unknown: Credits, 
/**
 * What was paid after the latest count, and so is not in it.
 */
charged_after: Credits, unknown_after: Credits, 
/**
 * The difference in words.
 */
sentence: string, };
export type Agreed = { 
/**
 * Null where no bound was told: as many as it takes.
 */
calls: number | null, credits: number, };
export type Allowed = "yes" | "no" | "not_tried";
export type Answer = { source: Source, 
/**
 * When Apollo gave these rows; for an empty answer, now.
 */
as_of: string, 
/**
 * HTTP requests this answer took, of the workspace's calls of the hour.
 */
calls_spent: number, 
/**
 * Null when Apollo did not tell.
 */
credits_spent: number | null, endpoint: Endpoint, 
/**
 * People that match, of whom this is one page; null when not known.
 */
total_entries: number | null, page: number, page_size: number, 
/**
 * At most 500, and so that page × page size stays within Apollo's 50,000.
 */
total_pages: number | null, 
/**
 * Each person once.
 */
people: Array<Person>, 
/**
 * Something the user should know, in a sentence.
 */
notice: string | null, 
/**
 * Why it is neither live nor cached.
 */
reason: Reason | null, };
export type ApolloWindow = { class: EndpointClass, period: Period, limit: number, used: number, resets_at: string, };
export type AppInfo = { version: string, data_dir: string, 
/**
 * Sentences the user should read once, such as that a damaged file was set aside.
 */
notices: Array<string>, };
export type BackupDone = { path: string, 
/**
 * Size of the file.
 */
bytes: number, };
export type Booked = { charged: Credits, 
/**
 * At most this much more.
 */
unknown: Credits, };
export type BreakerChange = { origin: string, from: BreakerState, to: BreakerState, 
/**
 * Why, as a sentence.
 */
reason: string, at: string, };
export type BreakerStatus = { state: BreakerState, 
/**
 * Why it is not closed, as a sentence.
 */
reason: string | null, 
/**
 * When the next call is worth trying, if it would be refused now.
 */
retry_at: string | null, 
/**
 * Since when this computer has had no network, as far as the last call knows.
 */
offline_since: string | null, };
export type CacheStatus = { entries: number, 
/**
 * Size of the file on disk.
 */
bytes: number, };
export type ChangedJobs = { 
/**
 * When the former job was told last.
 */
after: string, 
/**
 * When the new one was told first.
 */
by: string, };
export type CompanyFact = "industry" | "employees" | "founded_year" | "annual_revenue" | "city" | "state" | "country" | "website_url" | "linkedin_url" | "phone" | "keywords" | "technologies" | "description";
export type CreditCaps = { 
/**
 * By each job: an enrichment, an export, a re-run. Earlier backups call it a run.
 */
job: number | null, 
/**
 * On this computer's day.
 */
day: number | null, 
/**
 * In this computer's month.
 */
month: number | null, 
/**
 * By the workspace, ever.
 */
workspace: number | null, };
export type Credits = number;
export type Density = "compact" | "normal" | "roomy";
export type Direction = "up" | "down";
export type Endpoint = "mixed_people/search" | "mixed_people/api_search";
export type EndpointCheck = { 
/**
 * Apollo's name of it.
 */
endpoint: string, 
/**
 * What Foray uses it for, in words.
 */
what: string, allowed: Allowed, 
/**
 * When Apollo last answered this key there, as the ledger has it; null for what was asked just now, and where it never
 * did.
 */
used_at: string | null, 
/**
 * Apollo's words, where it said no.
 */
said: string | null, 
/**
 * What to do about a no.
 */
advice: string | null, 
/**
 * Calls that Apollo allows; null where it did not tell.
 */
calls_a_minute: number | null, calls_an_hour: number | null, calls_a_day: number | null, calls_left_today: number | null, };
export type EndpointClass = "people_search" | "company_search" | "enrichment" | "bulk_enrichment" | "other";
export type EndpointSetting = "auto" | "full" | "free";
export type EndpointStatus = { setting: EndpointSetting, 
/**
 * The endpoint the next search asks first.
 */
in_use: Endpoint, 
/**
 * Why “auto” uses the free one, when it does.
 */
because: string | null, };
export type EnrichDone = { 
/**
 * What was enriched; by earlier versions people.
 */
what: EnrichWhat, asked: number, found: number, 
/**
 * Those found of whom an e-mail address is known; 0 from earlier versions, which did not count them.
 */
emails: number, 
/**
 * Nobody, or nobody of whom more than an id is known.
 */
not_found: number, 
/**
 * Answered with somebody else, or another company, who is kept as who they are.
 */
elsewhere: number, 
/**
 * Asked for in requests of which nobody knows whether they were charged.
 */
undecided: number, 
/**
 * Not asked for after all: others saw to them meanwhile.
 */
left_out: number, 
/**
 * People with a mobile that came.
 */
mobiles: number, calls_spent: number, charged: Credits, 
/**
 * At most this much more may have been charged.
 */
unknown: Credits, 
/**
 * All of it as one line.
 */
sentence: string, };
export type EnrichEstimate = { what: EnrichWhat, 
/**
 * How many people's companies these are; null where the selected were named themselves.
 */
of_people: number | null, 
/**
 * Of these, those of whose company no domain is known.
 */
people_without_domain: number, selected: number, known: number, not_found_before: number, 
/**
 * Asked for, or about to be, by another enrichment.
 */
under_way: number, 
/**
 * In requests of which nobody knows whether they were charged.
 */
undecided: number, nothing_to_ask_by: number, 
/**
 * Selected twice.
 */
repeated: number, 
/**
 * For whom the limit of its own pays no more.
 */
over_limit: number, 
/**
 * Who is left out at no cost, a line for each reason there is.
 */
left_out: Array<LeftOut>, to_enrich: number, 
/**
 * Calls that pay.
 */
calls: number, 
/**
 * Calls that cost no credits: 1 that reads how many the account has used, none where that was told a moment ago.
 */
free_calls: number, credits_at_most: Credits, 
/**
 * Of these, what mobiles cost at most.
 */
mobiles_at_most: Credits, 
/**
 * Those asked for whose address is known, and is charged again with the mobile.
 */
paid_again: number, 
/**
 * What paid calls in a row brought no answer, so that agreeing is a word to pay on in spite of them; null for none.
 */
lost: string | null, 
/**
 * Whom it would ask for, and which calls were lost, in short: another text means others.
 */
people: string, 
/**
 * All of it as one line.
 */
sentence: string, 
/**
 * What the caps of the workspace still leave; null without caps.
 */
caps_leave: Credits | null, 
/**
 * As much of the price as may be paid before a cap stops it, its own limit included: what is agreed to.
 */
payable: Credits, 
/**
 * What Apollo said last is left, less what was spent since; null when it never said.
 */
credits_left: Credits | null, 
/**
 * Why not all of it may be had, as a sentence; null where it may.
 */
short: string | null, 
/**
 * Whether a cap leaves too little for even the first of it, so that it is not begun.
 */
held: boolean, };
export type EnrichInput = { what: EnrichWhat, 
/**
 * Of companies, whose.
 */
whom: EnrichWhom, terms: EnrichTerms, 
/**
 * The most it may cost; as many people as that pays for are asked for. Null for no cap of its own.
 */
max_credits: number | null, agreed: Agreed, 
/**
 * Whom it was agreed to for and in spite of which lost calls, as [`EnrichEstimate::people`] had it; null for whoever it is
 * by the time it is asked for, and for nobody who has heard of any.
 */
people: string | null, };
export type EnrichOrder = { 
/**
 * Orders of earlier versions are of people.
 */
what: EnrichWhat, terms: EnrichTerms, 
/**
 * How many to ask for.
 */
people: number, max_credits: number | null, agreed: Agreed, 
/**
 * The workspace's last paid request when that was agreed to: it counts from there.
 */
agreed_after: number, };
export type EnrichTerms = { 
/**
 * Mobiles as well, each for 8 credits more.
 */
mobiles: boolean, 
/**
 * Private addresses as well; Apollo never tells them of people in the EU.
 */
personal_emails: boolean, 
/**
 * Asks again for those whom Apollo did not know.
 */
not_found_again: boolean, 
/**
 * Of companies: also those whose industry and size came with their people, for what comes with none (revenue,
 * technologies, what it does).
 */
in_full: boolean, };
export type EnrichWhat = "people" | "companies";
export type EnrichWhom = { "kind": "selected", selection: PeopleSelection, } | { "kind": "runs", runs: Array<number>, } | { "kind": "people", people: Array<string>, } | { "kind": "domains", domains: Array<string>, };
export type EntryState = "on_its_way" | "mobiles_on_their_way" | "charged" | "free" | "price_untold" | "may_be_charged" | "accepted" | "repeated";
export type CodedError = { "code": "bad_input", violations: Array<Violation>, } | { "code": "not_found", what: string, name: string, } | { "code": "not_confirmed", message: string, } | { "code": "capped", message: string, } | { "code": "cancelled" } | { "code": "superseded" } | { "code": "rate_limited", reset_at: string, } | { "code": "ledger_lost", reset_at: string, } | { "code": "apollo_rate_limited", reset_at: string, } | { "code": "breaker_open", reset_at: string, } | { "code": "timed_out", seconds: number, } | { "code": "unavailable", status: number, } | { "code": "unreachable" } | { "code": "barred", why: string, } | { "code": "connection_lost" } | { "code": "unreadable" } | { "code": "offline" } | { "code": "key_missing" } | { "code": "key_rejected" } | { "code": "forbidden", endpoint: string, said: string, } | { "code": "out_of_credits" } | { "code": "endpoint_closed", endpoint: string, } | { "code": "refused", status: number, said: string, 
/**
 * Requests that went out for this question, this one included; 0 where that is told elsewhere.
 */
calls_spent: number, } | { "code": "not_ready", seconds: number | null, } | { "code": "gone", said: string, } | { "code": "keyring", why: string, advice: string, } | { "code": "export_interrupted", partial: string, rows: number, reason: Reason, } | { "code": "disk_full", what: string, } | { "code": "read_only", what: string, } | { "code": "newer_file", what: string, } | { "code": "older_open", what: string, } | { "code": "busy", what: string, } | { "code": "damaged", what: string, } | { "code": "storage", what: string, why: string, };
export type ExportDone = { path: string, rows: number, 
/**
 * People who match.
 */
people_total: number | null, pages: number, calls_spent: number, 
/**
 * Null when Apollo did not tell.
 */
credits_spent: number | null, notices: Array<string>, };
export type ExportEstimate = { calls_at_most: number, credits_at_most: number, 
/**
 * People who match, as far as a kept answer tells.
 */
people: number | null, 
/**
 * What the caps of the workspace still leave; null without caps.
 */
caps_leave: Credits | null, 
/**
 * As much of the price as may be paid before a cap stops it, its own limit included: what is agreed to.
 */
payable: Credits, 
/**
 * What Apollo said last is left, less what was spent since; null when it never said.
 */
credits_left: Credits | null, 
/**
 * Why not all of it may be had, as a sentence; null where it may.
 */
short: string | null, 
/**
 * Whether a cap leaves too little for even the first of it, so that it is not begun.
 */
held: boolean, };
export type ExportInput = { persona_id: string | null, filters: FiltersInput, scope: ExportScope, flavour: ExportFlavour, 
/**
 * The file to write; ends in `.csv`.
 */
path: string, agreed: Agreed, 
/**
 * Goes on by itself when the hour's calls are used or Apollo pauses, and leaves some calls to what the user clicks;
 * otherwise it stops there, to be gone on with.
 */
wait: boolean, 
/**
 * The user agreed that a file of this name is replaced. Otherwise one that is not this very export is kept under a
 * dated name.
 */
replace: boolean, };
export type ExportScope = { "kind": "page", page: number, page_size: number, } | { "kind": "all", max_rows: number | null, };
export type Facet = "seniority" | "function" | "country" | "industry" | "headcount" | "email_status" | "source" | "age";
export type FacetChoice = { facet: Facet, 
/**
 * Null: those of whom it is not known.
 */
values: Array<string | null>, };
export type FacetCount = { 
/**
 * Null: not known.
 */
value: string | null, people: number, };
export type FacetCounts = { facet: Facet, 
/**
 * Ranks in their order, other values with the most people first; what is not known stands last. Chosen values are there
 * even with nobody.
 */
values: Array<FacetCount>, };
export type Fact = "name" | "first_name" | "last_name" | "last_name_obfuscated" | "title" | "seniority" | "headline" | "email" | "email_status" | "phone" | "linkedin_url" | "city" | "state" | "country" | "organization_name" | "organization_id" | "organization_domain" | "has_email" | "has_direct_phone" | "functions";
export type FactSource = "stub" | "import" | "search" | "enrichment" | "typed";
export type Failure = { message: string, } & ({ "code": "bad_input", violations: Array<Violation>, } | { "code": "not_found", what: string, name: string, } | { "code": "not_confirmed", message: string, } | { "code": "capped", message: string, } | { "code": "cancelled" } | { "code": "superseded" } | { "code": "rate_limited", reset_at: string, } | { "code": "ledger_lost", reset_at: string, } | { "code": "apollo_rate_limited", reset_at: string, } | { "code": "breaker_open", reset_at: string, } | { "code": "timed_out", seconds: number, } | { "code": "unavailable", status: number, } | { "code": "unreachable" } | { "code": "barred", why: string, } | { "code": "connection_lost" } | { "code": "unreadable" } | { "code": "offline" } | { "code": "key_missing" } | { "code": "key_rejected" } | { "code": "forbidden", endpoint: string, said: string, } | { "code": "out_of_credits" } | { "code": "endpoint_closed", endpoint: string, } | { "code": "refused", status: number, said: string, 
/**
 * Requests that went out for this question, this one included; 0 where that is told elsewhere.
 */
calls_spent: number, } | { "code": "not_ready", seconds: number | null, } | { "code": "gone", said: string, } | { "code": "keyring", why: string, advice: string, } | { "code": "export_interrupted", partial: string, rows: number, reason: Reason, } | { "code": "disk_full", what: string, } | { "code": "read_only", what: string, } | { "code": "newer_file", what: string, } | { "code": "older_open", what: string, } | { "code": "busy", what: string, } | { "code": "damaged", what: string, } | { "code": "storage", what: string, why: string, });
export type Figure = { 
/**
 * Used in this billing cycle, by the whole team.
 */
consumed: Credits | null, left: Credits | null, told_at: string, };
export type Filters = { titles: Array<string>, seniorities: Array<Seniority>, industries: Array<string>, locations: Array<string>, company_sizes: Array<string>, keywords: string, };
export type FiltersInput = { titles: Array<string>, 
/**
 * Values of [`Seniority`], lower case.
 */
seniorities: Array<string>, 
/**
 * Names of LinkedIn's industry list.
 */
industries: Array<string>, 
/**
 * City, state or country: `Germany`, `California, US`.
 */
locations: Array<string>, 
/**
 * Head count: `51,200`, or `10001` for that many and more.
 */
company_sizes: Array<string>, 
/**
 * One literal text match; empty for none.
 */
keywords: string, };
export type ExportFlavour = "excel" | "import";
export type IndustryChoice = { name: string, 
/**
 * False where Apollo's id is not known, so that it can't be filtered by.
 */
searchable: boolean, };
export type Job = { id: string, workspace: TenantId, 
/**
 * What it is about, in the user's words: a persona's name or a question.
 */
title: string, spec: JobSpec, state: JobState, 
/**
 * Why it waits, is paused or failed, and until when if that is known. Null when the user paused it.
 */
reason: Reason | null, 
/**
 * What it was told and obeys in a moment.
 */
wish: Wish | null, 
/**
 * Whether it goes on without being told, as soon as a process runs jobs. The command line's own do not.
 */
by_itself: boolean, 
/**
 * Whether going on with it has to be agreed to anew, at its price.
 */
needs_consent: boolean, progress: JobProgress, result: JobResult | null, created_at: string, started_at: string | null, ended_at: string | null, };
export type JobProgress = { 
/**
 * Different people so far; of an enrichment those asked for.
 */
rows: number, 
/**
 * People there will be, once Apollo told how many match; of an enrichment those that are left out are none of them.
 */
people_total: number | null, 
/**
 * Whom an enrichment need not ask for any more: others saw to them meanwhile.
 */
left_out: number, 
/**
 * What an enrichment was charged so far; null for what fetches pages.
 */
booked: Booked | null, pages: number, calls_spent: number, 
/**
 * Calls that were under way when the job's process ended: up to so many more may have been made, and paid.
 */
calls_unknown: number, 
/**
 * About when it will be done, if nothing else takes its calls.
 */
ready_at: string | null, };
export type JobResult = { "kind": "export" } & ExportDone | { "kind": "rerun" } & RerunDone | { "kind": "enrich" } & EnrichDone;
export type JobSpec = { "kind": "export" } & ExportInput | { "kind": "rerun" } & RerunInput | { "kind": "enrich" } & EnrichOrder;
export type JobState = "queued" | "running" | "waiting" | "paused" | "done" | "failed" | "cancelled";
export type KeyCheck = { valid: boolean, 
/**
 * Null where Apollo did not tell; a search tells for sure.
 */
may_search: boolean | null, credits_left: Credits | null, calls_spent: number, 
/**
 * What it means, step by step.
 */
sentences: Array<string>, checked_at: string, 
/**
 * Why it is not known to be valid: the code of an [`Error`].
 */
code: string | null, };
export type KeyStatus = { "state": "not_needed" } | { "state": "environment" } | { "state": "stored", hint: string | null, } | { "state": "this_run_only", hint: string | null, } | { "state": "missing" } | { "state": "unavailable", why: string, advice: string, };
export type LeftOut = { count: number, 
/**
 * What they are: “already known”.
 */
what: string, 
/**
 * What that means: “cost nothing”.
 */
why: string, };
export type Likelihood = "yes" | "maybe" | "no";
export type LogLevel = "off" | "error" | "info" | "debug";
export type LimiterStatus = { 
/**
 * Calls that fit in any 3,600 s.
 */
limit: number, 
/**
 * Calls that fit now.
 */
remaining: number, 
/**
 * Calls of the last 3,600 s, never shown above the limit.
 */
used: number, 
/**
 * When the next search fits the tenant's limit and what Apollo told of its own; now if one fits.
 */
reset_at: string, 
/**
 * When the oldest counted call leaves the window; nothing if none is counted.
 */
next_frees_at: string | null, 
/**
 * Until when Apollo holds calls back, by a 429 or a window that is known to be full: the longest over all endpoints.
 */
paused_until: string | null, 
/**
 * Until when no call fits because the ledger was lost and nobody knows which calls were made; the user may say
 * otherwise ([`super::Ledger::forgive`]).
 */
lost_until: string | null, 
/**
 * Apollo's own windows, where its headers have told them.
 */
apollo: Array<ApolloWindow>, };
export type LookedUpDone = { 
/**
 * The requests that are decided now; one that was looked up with others may bring them along.
 */
decided: Array<number>, calls_spent: number, sentence: string, 
/**
 * From when on Apollo's count can tell, where it can't yet.
 */
again_from: string | null, };
export type PeopleCounts = { 
/**
 * Rows of the newest run of a question; Apollo repeats people on the next page.
 */
fetched: number, 
/**
 * Different people among them.
 */
different: number, 
/**
 * Everybody in the workspace.
 */
everybody: number, };
export type PeopleExported = { path: string, rows: number, 
/**
 * Where a file of this name that was not the same export is now.
 */
kept: Array<string>, };
export type PeopleFacets = { 
/**
 * People of the view.
 */
total: number, 
/**
 * Of the store; another one may have other counts.
 */
revision: number, 
/**
 * One of each [`Facet`], in their order.
 */
facets: Array<FacetCounts>, };
export type PeopleFile = { 
/**
 * Ends in `.csv`.
 */
path: string, flavour: ExportFlavour, 
/**
 * Whether what they work in is written, in a column behind the usual ones.
 */
functions: boolean, 
/**
 * What is written of their companies, in columns behind those.
 */
company: Array<CompanyFact>, };
export type PeopleSelection = { 
/**
 * All of its people, or all but a few; or whose order the named ones stand in.
 */
view: PeopleView, picked: Picked, };
export type PeopleSet = { "kind": "page", input: SearchInput, endpoint: Endpoint, } | { "kind": "fetched", filters: FiltersInput, } | { "kind": "everybody" };
export type PeopleView = { set: PeopleSet, 
/**
 * As typed into the search field: each of its words begins a word of name, title, company or place. Empty for everybody.
 */
text: string, 
/**
 * Values chosen among facets, which narrow each other.
 */
facets: Array<FacetChoice>, 
/**
 * The most important column first. Without any, pages stand in Apollo's order, everybody with the newest first.
 */
sort: Array<Sort>, };
export type PeopleWindow = { 
/**
 * Different people in the view.
 */
total: number, 
/**
 * Where `people` begin in it.
 */
offset: number, 
/**
 * Of the store: windows of one revision are parts of one order.
 */
revision: number, people: Array<StoredPerson>, };
export type Period = "minute" | "hour" | "day";
export type Persona = { id: string, 
/**
 * Unique in its workspace after NFKC and case folding.
 */
name: string, filters: Filters, updated_at: string, };
export type PersonaInput = { id: string | null, name: string, filters: FiltersInput, };
export type Person = { 
/**
 * Apollo's id of the person (24 hexadecimal digits), also for people saved as contacts.
 */
id: string, name: string | null, first_name: string | null, last_name: string | null, 
/**
 * From the free endpoint, such as “Hu***n”; never exported as a last name.
 */
last_name_obfuscated: string | null, title: string | null, headline: string | null, seniority: string | null, 
/**
 * Null while it is locked: Apollo's placeholder is never shown.
 */
email: string | null, email_status: string | null, phone: string | null, linkedin_url: string | null, city: string | null, state: string | null, country: string | null, organization_name: string | null, organization_id: string | null, organization_domain: string | null, has_email: boolean | null, has_direct_phone: Likelihood | null, };
export type PersonDetails = { person: StoredPerson, 
/**
 * What is shown, each with who told it and when.
 */
facts: Array<ToldFact>, 
/**
 * All jobs they were told to have, the one told last first.
 */
jobs: Array<ToldJob>, 
/**
 * What is known of their company beside its name and its domain; empty before it was enriched.
 */
company: Array<ToldCompanyFact>, 
/**
 * What Apollo was asked for when it answered with them instead: addresses, links, names at a company.
 */
answered_for: Array<string>, };
export type PersonPlace = { 
/**
 * Counted from 0.
 */
at: number, 
/**
 * Different people in the set.
 */
total: number, 
/**
 * The id of the one before.
 */
previous: string | null, 
/**
 * The id of the one after.
 */
next: string | null, };
export type Picked = { "kind": "only", ids: Array<string>, } | { "kind": "all_but", ids: Array<string>, };
export type Price = { calls: number, credits_at_most: number, 
/**
 * What the caps of the workspace leave for a page that costs credits; null without caps, and where it costs none.
 */
caps_leave: Credits | null, };
export type ProxySetting = { "mode": "system" } | { "mode": "none" } | { "mode": "manual", 
/**
 * Scheme, host and port: `http://proxy.example:3128`.
 */
address: string, };
export type Reason = { 
/**
 * The code of the [`Error`] it came from.
 */
code: string, message: string, 
/**
 * When it is worth trying again, if that is known.
 */
reset_at: string | null, };
export type Room = { 
/**
 * What the caps of the workspace still leave; null without caps.
 */
caps_leave: Credits | null, 
/**
 * As much of the price as may be paid before a cap stops it, its own limit included: what is agreed to.
 */
payable: Credits, 
/**
 * What Apollo said last is left, less what was spent since; null when it never said.
 */
credits_left: Credits | null, 
/**
 * Why not all of it may be had, as a sentence; null where it may.
 */
short: string | null, 
/**
 * Whether a cap leaves too little for even the first of it, so that it is not begun.
 */
held: boolean, };
export type RerunDone = { 
/**
 * Different people seen.
 */
rows: number, 
/**
 * People who match.
 */
people_total: number | null, pages: number, calls_spent: number, 
/**
 * Null when Apollo did not tell.
 */
credits_spent: number | null, notices: Array<string>, };
export type RerunInput = { persona_id: string | null, filters: FiltersInput, 
/**
 * Asks Apollo also for pages that are kept; otherwise only for those that are not.
 */
past_cache: boolean, agreed: Agreed, };
export type SearchInput = { 
/**
 * The persona it was asked for, a UUID; null for filters of the moment.
 */
persona_id: string | null, filters: FiltersInput, 
/**
 * 1 to 500; null for 1.
 */
page: number | null, 
/**
 * 10 to 100; null for 50.
 */
page_size: number | null, };
export type Seniority = "owner" | "founder" | "c_suite" | "partner" | "vp" | "head" | "director" | "manager" | "senior" | "entry" | "intern";
export type Settings = { theme: Theme, contrast: Contrast, density: Density, 
/**
 * How large everything in the window is, in hundredths.
 */
zoom: number, proxy: ProxySetting, log_level: LogLevel, 
/**
 * The notice on other people's data was read and put away.
 */
notice_read: boolean, };
export type Sort = { column: SortColumn, descending: boolean, };
export type SortColumn = "name" | "title" | "company" | "place" | "seniority" | "email" | "phone" | "fetched";
export type Source = "live" | "cached" | "stale" | "empty";
export type StarterPersona = { name: string, 
/**
 * Who that is, in a sentence.
 */
about: string, filters: FiltersInput, };
export type BreakerState = "closed" | "open" | "half_open";
export type Status = { limiter: LimiterStatus, breaker: BreakerStatus, cache: CacheStatus, endpoint: EndpointStatus, key: KeyStatus, 
/**
 * Whether Apollo has answered this key, if only to refuse it, since this process started.
 */
answered: boolean, 
/**
 * What answers the next search at once, since Apollo has refused the key, the endpoint or further credits, or since a cap
 * leaves too little for a page.
 */
gate: Reason | null, 
/**
 * What the next search costs at most.
 */
price: Price, };
export type StoredPerson = { 
/**
 * Who told most of it.
 */
source: FactSource, 
/**
 * When that was told.
 */
fetched_at: string, 
/**
 * The last change of jobs, if answers told of one: after the first moment and by the second.
 */
changed_jobs: ChangedJobs | null, 
/**
 * Apollo's id of the person (24 hexadecimal digits), also for people saved as contacts.
 */
id: string, name: string | null, first_name: string | null, last_name: string | null, 
/**
 * From the free endpoint, such as “Hu***n”; never exported as a last name.
 */
last_name_obfuscated: string | null, title: string | null, headline: string | null, seniority: string | null, 
/**
 * Null while it is locked: Apollo's placeholder is never shown.
 */
email: string | null, email_status: string | null, phone: string | null, linkedin_url: string | null, city: string | null, state: string | null, country: string | null, organization_name: string | null, organization_id: string | null, organization_domain: string | null, has_email: boolean | null, has_direct_phone: Likelihood | null, };
export type TenantId = string;
export type Theme = "system" | "light" | "dark";
export type Contrast = "system" | "more";
export type TitleAbbreviation = { short: string, long: Array<string>, };
export type Undecided = { number: number, 
/**
 * Null for a search that was clicked for.
 */
job: string | null, 
/**
 * What it was for.
 */
title: string, 
/**
 * Whether it is a page of a search: that is asked again by searching, at the price on its button.
 */
page: boolean, 
/**
 * How many of those asked for lack an answer, or their mobile: people, or the one company.
 */
people: number, 
/**
 * Domain of the company that was asked for; null for people.
 */
company: string | null, mobiles: boolean, 
/**
 * What it can have cost.
 */
at_most: Credits, 
/**
 * What asking again may cost; null where nobody is left to ask for: a page of a search, or a request of which everybody
 * was answered and only the price is not known.
 */
again_at_most: Credits | null, 
/**
 * What it did cost, where that was looked up: the answer is lost all the same.
 */
charged: Credits | null, 
/**
 * Whether the user has taken it as it is.
 */
accepted: boolean, asked_at: string, 
/**
 * The code of what went wrong, `crash` when Foray was ended in the middle.
 */
why: string | null, };
export type Usage = { 
/**
 * The newest first. Calls that cost nothing are kept for 90 days.
 */
entries: Array<UsageEntry>, 
/**
 * How many there are, also where not all of them are listed.
 */
calls: number, 
/**
 * Of these, the ones that could cost nothing.
 */
free_calls: number, 
/**
 * The newest first; only those with something in them.
 */
days: Array<UsageSpan>, months: Array<UsageSpan>, charged: Credits, unknown: Credits, 
/**
 * Null when Apollo's count was never asked for.
 */
apollo: AgainstApollo | null, };
export type UsageEntry = { 
/**
 * Null for a call that could cost nothing: it is noted only after it was made.
 */
number: number | null, at: string, 
/**
 * Null for what was clicked for.
 */
job: string | null, 
/**
 * What it is for; empty where the endpoint says so.
 */
title: string, 
/**
 * Apollo's endpoint.
 */
endpoint: string, 
/**
 * Domain of the company that was asked for; null for all else.
 */
company: string | null, 
/**
 * How many were asked for, people or the one company, or came on the page.
 */
people: number, 
/**
 * Null where no answer has come, so that nobody knows.
 */
found: number | null, 
/**
 * How many were answered with somebody else, or another company, who is kept as who they are.
 */
elsewhere: number, 
/**
 * People who came, and may have been charged for, whom nobody asked for and who stand for nobody who was.
 */
strangers: number, mobiles: boolean, 
/**
 * Above 1 when it was asked again by the user's word.
 */
attempt: number, state: EntryState, charged: Credits, 
/**
 * At most this much more may have been charged.
 */
unknown: Credits, 
/**
 * Why it is free or unknown: the code of an error, or `crash`.
 */
why: string | null, };
export type UsageListed = { 
/**
 * No more than the newest so many; null for all.
 */
newest: number | null, 
/**
 * Only those that may have cost something.
 */
paid: boolean, };
export type UsageSpan = { 
/**
 * `2026-11-28` or `2026-11`.
 */
span: string, calls: number, charged: Credits, unknown: Credits, };
export type ToldCompanyFact = { fact: CompanyFact, value: string, source: FactSource, told_at: string, };
export type ToldFact = { fact: Fact, value: string, source: FactSource, told_at: string, };
export type ToldJob = { title: string | null, employer: string | null, first_at: string, last_at: string, 
/**
 * The most trusted first.
 */
sources: Array<FactSource>, };
export type Violation = { 
/**
 * Name of the field as the request spells it (`page_size`, `seniorities`, …).
 */
field: string, 
/**
 * A sentence that says what would be right.
 */
message: string, };
export type Vocabulary = { 
/**
 * In rank order.
 */
seniorities: Array<Seniority>, industries: Array<IndustryChoice>, company_sizes: Array<string>, titles: Array<string>, abbreviations: Array<TitleAbbreviation>, locations: Array<string>, };
export type Wish = "pause" | "cancel";
export type Workspace = { id: TenantId, 
/**
 * Unique after NFKC and case folding.
 */
name: string, 
/**
 * Served by the built-in stand-in; needs no key.
 */
sample: boolean, calls_per_hour: number, endpoint: EndpointSetting, 
/**
 * Last four characters of the stored key, to recognise it by.
 */
key_hint: string | null, 
/**
 * Rows past their day are shown at once and asked for again in the background, on the free search only. It spends
 * calls that nobody asked for, so it is off unless the user turns it on; never in the command line.
 */
refresh_stale: boolean, 
/**
 * The most its kept answers take on the disk, in MB of 2^20 bytes.
 */
cache_mb: number, 
/**
 * How long an answer is fresh, in hours, give or take a tenth.
 */
cache_hours: number, 
/**
 * Where the window offers to save its exports, an absolute path; null where the system offers.
 */
export_folder: string | null, 
/**
 * The most credits that enrichment may use here.
 */
caps: CreditCaps, };
export type WorkspaceChange = { calls_per_hour: number | null, endpoint: EndpointSetting | null, refresh_stale: boolean | null, cache_mb: number | null, cache_hours: number | null, 
/**
 * An absolute path; empty for none of its own.
 */
export_folder: string | null, 
/**
 * All four at once.
 */
caps: CreditCaps | null, };
