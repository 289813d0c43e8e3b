// A button that spends: what it costs at most stands on it and is what is agreed to. Without its price it does nothing.
import { useQuery } from "@tanstack/react-query";
import type { ExportEstimate } from "../backend/types";
import { estimateWords } from "../exports/exportWords";
import { Button } from "../shared/Button";

interface PricedButtonProps {
  words: string;
  queryKey: readonly unknown[];
  price: () => Promise<ExportEstimate>;
  onPress: (price: ExportEstimate) => void;
  autoFocus?: boolean;
}

export function PricedButton({ words, queryKey, price, onPress, autoFocus }: PricedButtonProps) {
  const estimate = useQuery({ queryKey, queryFn: price, gcTime: 0 });
  return (
    <Button
      className="h-6 text-sm"
      autoFocus={autoFocus}
      off={!estimate.data}
      onClick={() => estimate.data && onPress(estimate.data)}
    >
      {words}
      {estimate.data ? ` · ${estimateWords(estimate.data)}` : ""}
    </Button>
  );
}
