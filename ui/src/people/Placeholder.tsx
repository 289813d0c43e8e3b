// Stands in a cell of the table until its person is there.
const widths = ["w-3/5", "w-4/5", "w-1/2", "w-2/3", "w-1/2", "w-3/5", "w-1/2", "w-1/3"];

export function Placeholder({ column }: { column: number }) {
  return <span aria-hidden className={`h-2.5 rounded-sm bg-skeleton ${widths[column]}`} />;
}
