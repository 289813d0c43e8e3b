// What caps and account leave for a price, above the button that pays it; and why not all of it may be had, where that is so.
import type { Room } from "../backend/types";
import { Caution } from "../shared/Caution";
import { roomWords } from "./creditsWords";

export function RoomNotice({ room }: { room: Room }) {
  const left = roomWords(room);
  return (
    <>
      {left !== "" && (
        <p data-testid="room" className="text-sm text-ink-2">
          {left}
        </p>
      )}
      {room.short && <Caution alert={room.held}>{room.short}</Caution>}
    </>
  );
}
