/**
 * What the workflows are about: four kinds of tasks, named after WorfBench's.
 *
 * @module
 */
import { CITIES, DAYS, PEOPLE } from "../words.ts";

/** One kind of task. `{slot}` stands for a word of that slot. */
export interface Domain {
  /** Name of its folder. */
  name: string;
  /** How a description opens. */
  openings: readonly string[];
  /** Steps with one thing, in the order in which they can follow each other. */
  steps: readonly string[];
  /** Steps that stand alone. */
  others: readonly string[];
  /** Steps that stand at the end. */
  ends: readonly string[];
  /** The slot that tells things apart. */
  thing: string;
  slots: Readonly<Record<string, readonly string[]>>;
  /** What the last line of the description lists. */
  list: string;
  /** Its entries; null where these are the tools that the task needs, and a few more. */
  entries: readonly string[] | null;
}

const PERSON = PEOPLE.slice(0, 12);
const ROOM = "kitchen bedroom bathroom office hall garage".split(" ");
const ACTIONS = "The action list you can take";

const WIKIHOW: Domain = {
  name: "wikihow",
  openings: [
    "{person} wants to make {meal} on {day}.",
    "How does {person} make {meal} for {day}?",
    "On {day} the guests of {person} eat {meal}.",
  ],
  steps: ["wash the {food}", "peel the {food}", "cut the {food}", "cook the {food}"],
  others: [
    "boil the water",
    "heat the oven",
    "set the table",
    "clean the {room}",
    "buy the {drink}",
    "call {person}",
  ],
  ends: ["make the {meal}", "serve the {meal}"],
  thing: "food",
  slots: {
    person: PERSON,
    day: DAYS,
    room: ROOM,
    meal: "soup pizza pasta salad curry cake".split(" "),
    food: "apples beets carrots lemons onions pears peppers potatoes".split(" "),
    drink: "milk coffee tea water".split(" "),
  },
  list: ACTIONS,
  entries: "wash peel cut cook boil heat set clean buy call make serve".split(" "),
};

const ALFWORLD: Domain = {
  name: "alfworld",
  openings: [
    "You are in the {room} of {person}.",
    "It is {day}, {person} needs the {object} in the {room}.",
    "{person} wants the {room} to be clean on {day}.",
  ],
  steps: [
    "find the {object}",
    "take the {object}",
    "wash the {object}",
    "dry the {object}",
    "put the {object} on the {place}",
  ],
  others: [
    "open the {opening}",
    "turn on the {machine}",
    "clean the {place}",
    "sweep the {room}",
  ],
  ends: ["close the {opening}", "go to the {room}"],
  thing: "object",
  slots: {
    person: PERSON,
    day: DAYS,
    room: ROOM,
    object: "cup knife spoon book letter soap key pen".split(" "),
    place: "table bed shelf desk".split(" "),
    opening: "door window box".split(" "),
    machine: "lamp heater fan radio oven".split(" "),
  },
  list: ACTIONS,
  entries: "find take wash dry put go open close turn clean sweep".split(" "),
};

const WEBSHOP: Domain = {
  name: "webshop",
  openings: [
    "{person} needs {color} {article} for {day}.",
    "On {day} {person} buys {article} in a shop.",
    "{person} looks for {article} and has {price} dollars.",
  ],
  steps: [
    "search for {color} {article}",
    "compare the {color} {article}",
    "check the price of the {color} {article}",
    "add the {color} {article} to the cart",
  ],
  others: [
    "use the card of {person}",
    "enter the name {person}",
    "choose the size {size}",
    "choose {day} for the order",
  ],
  ends: ["pay {price} dollars", "send the order to {person}"],
  thing: "article",
  slots: {
    person: PERSON,
    day: DAYS,
    color: "red blue green white yellow black".split(" "),
    article: "shirts shoes bags hats cups lamps pens books".split(" "),
    size: "small big long short".split(" "),
    price: Array.from({ length: 18 }, (_, i) => String(5 * (i + 2))),
  },
  list: ACTIONS,
  entries: "search compare check add use enter choose pay send".split(" "),
};

/** A step that is a call: in the description, and as the node ` => ` makes of it. */
const TOOLALPACA: Domain = {
  name: "toolalpaca",
  openings: [
    "{person} goes to {city} on {day}.",
    "I have a lot to do for {person} on {day}.",
    "{day} is the day when {person} comes from {city}.",
  ],
  steps: [
    "find the way to {city} => call find_route with {city}",
    "get the weather in {city} => call get_weather with {city}",
    "book a train to {city} => call book_train with {city}",
    "book a hotel in {city} => call book_hotel with {city}",
  ],
  others: [
    "send a mail to {person} => call send_mail with {person}",
    "call {person} => call call_person with {person}",
    "meet {person} => call plan_meeting with {person}",
    "share the {file} => call share_file with {file}",
    "print the {file} => call print_file with {file}",
    "buy {goods} => call buy_goods with {goods}",
    "order {meal} => call order_meal with {meal}",
    "play music in the {room} => call play_music with {room}",
  ],
  ends: ["add a task for {person} => call add_task with {person}"],
  thing: "city",
  slots: {
    person: PERSON,
    day: DAYS,
    city: CITIES,
    room: ROOM,
    file: "notes plan photo letter map".split(" "),
    goods: "bread milk rice eggs coffee tea soap".split(" "),
    meal: "soup pizza pasta salad curry cake".split(" "),
  },
  list: "The api list you can use",
  entries: null,
};

/** All domains. */
export const DOMAINS: readonly Domain[] = [WIKIHOW, ALFWORLD, WEBSHOP, TOOLALPACA];
