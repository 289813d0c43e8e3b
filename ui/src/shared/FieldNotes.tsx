// What stands under a field: what is wrong with it, and a hint.
interface FieldNotesProps {
  id: string;
  hint?: string | undefined;
  error?: string | undefined;
}

export function FieldNotes({ id, hint, error }: FieldNotesProps) {
  return (
    <>
      {error && (
        <p id={`${id}-error`} className="mt-1 text-sm text-stop">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-sm text-ink-3">
          {hint}
        </p>
      )}
    </>
  );
}
