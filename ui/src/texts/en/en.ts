// English: a file for each folder of the window, one for its keys, one for what is counted.

import { activity } from "./activity";
import * as counted from "./counted";
import { credits } from "./credits";
import { diagnostics } from "./diagnostics";
import { enrich } from "./enrich";
import { exports } from "./exports";
import { guide } from "./guide";
import { jobs } from "./jobs";
import { keys } from "./keys";
import { people } from "./people";
import { personas } from "./personas";
import { search } from "./search";
import { settings } from "./settings";
import { shared } from "./shared";
import { shell } from "./shell";
import { workspaces } from "./workspaces";

export const en = {
  counted,
  activity,
  credits,
  diagnostics,
  enrich,
  exports,
  guide,
  jobs,
  keys,
  people,
  personas,
  search,
  settings,
  shared,
  shell,
  workspaces,
};
