//! The types that cross to the window are generated from Rust; this fails when the committed file has drifted.
//! `cargo xtask types` writes it anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::PathBuf;

use foray_core::activity::ActivitySlot;
use foray_core::answer::{Answer, Source};
use foray_core::apollo::{Endpoint, Proxy};
use foray_core::backup::BackupDone;
use foray_core::circuit_breaker::{BreakerChange, BreakerStatus, State};
use foray_core::credits::Credits;
use foray_core::enrich::{
    AgainstApollo, Booked, EnrichDone, EnrichEstimate, EnrichInput, EnrichOrder, EnrichTerms, EnrichWhat, EnrichWhom,
    EntryState, Figure, LeftOut, LookedUpDone, Room, Undecided, Usage, UsageEntry, UsageListed, UsageSpan,
};
use foray_core::error::{Error, Failure, Reason, Violation};
use foray_core::export::{ExportDone, ExportEstimate, ExportInput, ExportScope, Flavour};
use foray_core::foray::AppInfo;
use foray_core::jobs::{
    Agreed, Direction, Job, JobProgress, JobResult, JobSpec, JobState, RerunDone, RerunInput, Wish,
};
use foray_core::keys::{AccountCheck, Allowed, EndpointCheck, KeyCheck};
use foray_core::log::Level;
use foray_core::people::fact::{Fact, FactSource};
use foray_core::people::{
    ChangedJobs, CompanyFact, Facet, FacetChoice, FacetCount, FacetCounts, Likelihood, PeopleCounts, PeopleExported,
    PeopleFacets, PeopleFile, PeopleSelection, PeopleSet, PeopleView, PeopleWindow, Person, PersonDetails, PersonPlace,
    Picked, Sort, SortColumn, StoredPerson, ToldCompanyFact, ToldFact, ToldJob,
};
use foray_core::persona::starters::StarterPersona;
use foray_core::persona::vocabulary::{IndustryChoice, TitleAbbreviation, Vocabulary};
use foray_core::persona::{Filters, FiltersInput, Persona, PersonaInput, SearchInput, Seniority};
use foray_core::rate_limit::{ApolloWindow, EndpointClass, LimiterStatus, Period};
use foray_core::secrets::KeyStatus;
use foray_core::settings::{Contrast, Density, Settings, Theme};
use foray_core::status::{CacheStatus, EndpointStatus, Price, Status};
use foray_core::tenant::TenantId;
use foray_core::workspace::{CreditCaps, EndpointSetting, Workspace, WorkspaceChange};
use ts_rs::{Config, TS};

macro_rules! declarations {
    ($($type:ty),* $(,)?) => {{
        // JSON carries our counts and sizes as plain numbers, far below 2^53.
        let config = Config::new().with_large_int("number");
        [$(format!("export {}", <$type as TS>::decl(&config))),*]
    }};
}

fn generated() -> String {
    let head = "// Generated from Rust by `cargo xtask types`; a test fails when it drifts. Do not edit.";
    let types = declarations![
        AccountCheck,
        ActivitySlot,
        AgainstApollo,
        Agreed,
        Allowed,
        Answer,
        ApolloWindow,
        AppInfo,
        BackupDone,
        Booked,
        BreakerChange,
        BreakerStatus,
        CacheStatus,
        ChangedJobs,
        CompanyFact,
        CreditCaps,
        Credits,
        Density,
        Direction,
        Endpoint,
        EndpointCheck,
        EndpointClass,
        EndpointSetting,
        EndpointStatus,
        EnrichDone,
        EnrichEstimate,
        EnrichInput,
        EnrichOrder,
        EnrichTerms,
        EnrichWhat,
        EnrichWhom,
        EntryState,
        Error,
        ExportDone,
        ExportEstimate,
        ExportInput,
        ExportScope,
        Facet,
        FacetChoice,
        FacetCount,
        FacetCounts,
        Fact,
        FactSource,
        Failure,
        Figure,
        Filters,
        FiltersInput,
        Flavour,
        IndustryChoice,
        Job,
        JobProgress,
        JobResult,
        JobSpec,
        JobState,
        KeyCheck,
        KeyStatus,
        LeftOut,
        Likelihood,
        Level,
        LimiterStatus,
        LookedUpDone,
        PeopleCounts,
        PeopleExported,
        PeopleFacets,
        PeopleFile,
        PeopleSelection,
        PeopleSet,
        PeopleView,
        PeopleWindow,
        Period,
        Persona,
        PersonaInput,
        Person,
        PersonDetails,
        PersonPlace,
        Picked,
        Price,
        Proxy,
        Reason,
        Room,
        RerunDone,
        RerunInput,
        SearchInput,
        Seniority,
        Settings,
        Sort,
        SortColumn,
        Source,
        StarterPersona,
        State,
        Status,
        StoredPerson,
        TenantId,
        Theme,
        Contrast,
        TitleAbbreviation,
        Undecided,
        Usage,
        UsageEntry,
        UsageListed,
        UsageSpan,
        ToldCompanyFact,
        ToldFact,
        ToldJob,
        Violation,
        Vocabulary,
        Wish,
        Workspace,
        WorkspaceChange,
    ];
    format!("{head}\n\n{}\n", types.join("\n"))
}

#[test]
fn the_windows_types_are_those_of_rust() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/backend/types.ts");
    let wanted = generated();
    if std::env::var_os("FORAY_WRITE_TYPES").is_some() {
        std::fs::write(&path, wanted).unwrap();
        return;
    }
    let committed = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    assert!(committed == wanted, "ui/src/backend/types.ts has drifted; run `cargo xtask types` and commit it");
}
