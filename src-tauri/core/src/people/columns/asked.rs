//! What was asked for when people were found. Of industry and headcount nothing else tells: who was found by a question for
//! one value alone has it; a question for several tells of none.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::Columns;
use super::values::Values;
use crate::people::runs;

/// For each row the values it was asked for by.
#[derive(Debug)]
pub struct AskedFor {
    pub industry: Values<Vec<String>>,
    pub headcount: Values<Vec<String>>,
}

impl AskedFor {
    pub fn read(connection: &Connection, tenant: i64, columns: &Columns) -> rusqlite::Result<Self> {
        let (mut industries, mut headcounts): (BTreeMap<_, Vec<i64>>, BTreeMap<_, Vec<i64>>) = Default::default();
        for (run, filters) in runs::questions(connection, tenant)? {
            for (values, runs_of) in [(filters.industries, &mut industries), (filters.company_sizes, &mut headcounts)] {
                if let [value] = values.as_slice() {
                    runs_of.entry(value.clone()).or_default().push(run);
                }
            }
        }
        let column = |runs_of| told_by(connection, columns, runs_of);
        Ok(Self { industry: column(industries)?, headcount: column(headcounts)? })
    }
}

fn told_by(
    connection: &Connection,
    columns: &Columns,
    runs_of: BTreeMap<String, Vec<i64>>,
) -> rusqlite::Result<Values<Vec<String>>> {
    let mut told: Values<Vec<String>> = Values::all_of(Vec::new(), columns.len());
    for (value, runs) in runs_of {
        for run in runs {
            let found = runs::people_of_runs(connection, &[run])?;
            for row in found.into_iter().filter_map(|number| columns.row_of(number)) {
                let mut known = told.of(row).clone();
                if !known.contains(&value) {
                    known.push(value.clone());
                    told.put(row, known.as_slice());
                }
            }
        }
    }
    Ok(told)
}
