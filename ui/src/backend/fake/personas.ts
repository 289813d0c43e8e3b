// Pretended personas of a workspace.
import type { Backend } from "../backend";
import { badInput, failure, violationsIn } from "./answers";
import { vocabulary } from "./vocabulary";
import type { World } from "./world";

export function personaCommands({ controls, of, readable, keep }: World) {
  return {
    async personaShare(id, personaId) {
      const persona = of(id).personas.get(personaId);
      return controls.cancelChoice || !persona ? null : `/home/ana/Documents/${persona.name}.json`;
    },
    async personaImport(id) {
      if (controls.nextFile === null) return null;
      if (controls.nextFile !== "persona")
        throw badInput([{ field: "persona", message: "That is no persona of Foray. Share it again from the window." }]);
      const persona = {
        id: crypto.randomUUID(),
        name: "Shared chiefs",
        filters: { titles: ["CFO"], seniorities: [], industries: [], locations: [], company_sizes: [], keywords: "" },
        updated_at: new Date().toISOString(),
      };
      of(id).personas.set(persona.id, persona);
      keep();
      return persona;
    },
    personasList: async (id) => [...readable(id).personas.values()].sort((a, b) => a.name.localeCompare(b.name)),
    async personaSave(id, { id: personaId, name, filters }) {
      const one = of(id);
      const plain = name.trim();
      const violations = violationsIn(filters);
      if (plain === "") violations.push({ field: "name", message: "Give the persona a name." });
      for (const other of one.personas.values())
        if (other.id !== personaId && other.name.toLocaleLowerCase() === plain.toLocaleLowerCase())
          violations.push({ field: "name", message: `There is a persona “${other.name}” already.` });
      if (violations.length > 0) throw badInput(violations);
      const persona = {
        id: personaId ?? crypto.randomUUID(),
        name: plain,
        filters: { ...filters, seniorities: vocabulary.seniorities.filter((s) => filters.seniorities.includes(s)) },
        updated_at: new Date().toISOString(),
      };
      one.personas.set(persona.id, persona);
      keep();
      return persona;
    },
    async personaRemove(id, personaId) {
      const persona = of(id).personas.get(personaId);
      if (!persona) throw failure("not_found", "There is no such persona.", { what: "persona", name: personaId });
      of(id).personas.delete(personaId);
      keep();
      return persona;
    },
  } satisfies Partial<Backend>;
}
