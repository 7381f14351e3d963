/**
 * Rooms, places and objects of the household. Each name is one short word, and none is both a place and
 * an object: the list of a room's places is then read off word by word.
 *
 * @module
 */

/** A room: the places that it may have and the objects that may lie in it. */
export interface Room {
  name: string;
  places: readonly string[];
  objects: readonly string[];
}

const KITCHEN: Room = {
  name: "Kitchen",
  places: words(
    "sink stove fridge table shelf drawer cabinet counter rack bin tray basket chair box",
  ),
  objects: words(
    "cup plate bowl fork knife spoon pan pot apple egg potato tomato bread bottle cloth",
  ),
};

const BEDROOM: Room = {
  name: "Bedroom",
  places: words(
    "lamp bed desk shelf drawer closet chest dresser chair table bench box basket sofa",
  ),
  objects: words(
    "book pen key phone watch vase card letter pillow ring shirt cup bowl bottle cloth",
  ),
};

const OFFICE: Room = {
  name: "Office",
  places: words("lamp desk shelf drawer cabinet safe chair table sofa bin box tray bench rack"),
  objects: words(
    "book pen key phone watch vase card letter ring knife plate cup bowl bottle cloth",
  ),
};

/** Where an episode of a goal may take place. */
export const ROOMS = {
  place: [KITCHEN, BEDROOM, OFFICE],
  examine: [BEDROOM, OFFICE],
  clean: [KITCHEN],
  heat: [KITCHEN],
  cool: [KITCHEN],
  two: [KITCHEN, BEDROOM, OFFICE],
} as const;

/** What the goal needs beside the object and where it goes to. */
export const TOOLS = {
  place: null,
  examine: "lamp",
  clean: "sink",
  heat: "stove",
  cool: "fridge",
  two: null,
} as const;

/** Objects that can be cleaned, heated or cooled; a goal of another type takes any object of the room. */
export const TREATABLE: Record<string, readonly string[]> = {
  clean: words("cup plate bowl fork knife spoon pan pot apple potato tomato cloth"),
  heat: words("cup plate bowl pan pot apple egg potato tomato bread"),
  cool: words("cup plate bowl pan pot apple egg potato tomato bread bottle"),
};

/** Places that are closed at first. */
export const OPENABLE = new Set(words("fridge drawer cabinet closet chest safe box"));

/** Places that change or light objects; no goal asks to put something there. */
export const APPLIANCES = new Set(words("sink stove fridge lamp"));

/** Where every episode starts; nothing lies there. */
export const DOOR = "door";

function words(list: string): string[] {
  return list.split(" ");
}
