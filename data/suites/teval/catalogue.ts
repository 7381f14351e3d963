/**
 * The tools of the T-Eval suite: an agent that helps at home, at work and on the way.
 *
 * Three kinds: tools that find something out, whose result a later step can use; tools that take a text,
 * given by name or as the result of an earlier step; and tools that only act.
 *
 * @module
 */
import { CITIES, DAYS, PEOPLE } from "../words.ts";

/** A value of an argument. */
export type Value = string | number;

/** A parameter and the values that it takes. */
export interface Parameter {
  name: string;
  values: readonly Value[];
}

/** A tool, with its words; `{parameter}` stands for the parameter's value. */
export interface Tool {
  name: string;
  parameters: readonly Parameter[];
  /** What it is good for, in few words. */
  aim: string;
  /** Ways to ask for it, after "please". The agent's thought uses the first. */
  clauses: readonly [string, string];
  /** What it says after a success; `{result}` stands for one of the results. */
  outcome: string;
  /** What it may find; empty for a tool that finds nothing. */
  results: readonly string[];
}

/** Name of the parameter that can be the result of an earlier step. */
export const TEXT = "text";

const words = (text: string) => text.split(" ");
const upTo = (low: number, high: number) =>
  Array.from({ length: high - low + 1 }, (_, i) => low + i);

/** Values of the parameters; a parameter's name decides them. */
const VALUES: Record<string, readonly Value[]> = {
  [TEXT]: words("report letter note list plan map bill photo"),
  city: CITIES,
  color: words("red blue green white yellow black"),
  copies: upTo(2, 24),
  count: upTo(2, 30),
  day: DAYS,
  file: words("report letter note list plan map bill photo"),
  from: CITIES,
  good: words("bread milk rice butter sugar coffee tea soap"),
  guests: upTo(2, 12),
  hour: upTo(0, 23),
  kind: words("sport music art money health food"),
  language: words("French Spanish German Italian Polish Greek"),
  level: upTo(1, 9),
  meal: words("soup pizza pasta salad curry cake"),
  name: PEOPLE,
  nights: upTo(2, 20),
  room: words("kitchen bedroom bathroom office hall garage attic cellar"),
  to: CITIES,
  volume: upTo(1, 40),
};

function tool(
  signature: string,
  aim: string,
  clauses: [string, string],
  outcome: string,
  results = "",
): Tool {
  const [name, ...parameters] = words(signature);
  return {
    name: name!,
    parameters: parameters.map((parameter) => ({ name: parameter, values: VALUES[parameter]! })),
    aim,
    clauses,
    outcome,
    results: results === "" ? [] : words(results),
  };
}

/** All tools. Each has at least 90 possible calls, so that every split has some. */
export const CATALOGUE: readonly Tool[] = [
  tool(
    "Weather.get city day",
    "get the weather",
    [
      "get the weather in {city} on {day}",
      "tell me how the weather is on {day} in {city}",
    ],
    "the weather is {result}",
    "sun rain snow wind fog",
  ),
  tool(
    "Route.find from to",
    "find the way",
    [
      "find the way from {from} to {to}",
      "tell me how to get to {to} from {from}",
    ],
    "the way is {result}",
    "short long open closed",
  ),
  tool(
    "Number.find name city",
    "find a number",
    [
      "find the number of {name} in {city}",
      "look up the number that {name} has in {city}",
    ],
    "the number is {result}",
    "12 25 31 46 58 63 74 89",
  ),
  tool(
    "Price.get good city",
    "get a price",
    [
      "get the price of {good} in {city}",
      "tell me what {good} costs in {city}",
    ],
    "the price is {result}",
    "2 4 7 15 30",
  ),
  tool(
    "News.read kind city",
    "read the news",
    [
      "read the {kind} news from {city}",
      "look up the news about {kind} in {city}",
    ],
    "the news is {result}",
    "good bad new old",
  ),
  tool(
    "Train.find from to day",
    "find a train",
    [
      "find a train from {from} to {to} on {day}",
      "look up the trains on {day} from {from} to {to}",
    ],
    "the train is {result}",
    "fast slow late early",
  ),
  tool(
    "Film.find kind city day",
    "find a film",
    [
      "find a {kind} film in {city} on {day}",
      "look up films about {kind} on {day} in {city}",
    ],
    "the film is {result}",
    "Night River Fire Home",
  ),
  tool(
    "Song.find kind name",
    "find a song",
    [
      "find a {kind} song by {name}",
      "look up what {name} sings about {kind}",
    ],
    "the song is {result}",
    "Moon Star Sea Love",
  ),
  tool(
    "File.open file name",
    "open a file",
    [
      "open the {file} of {name}",
      "look at the {file} that {name} has",
    ],
    "the file says {result}",
    "yes no wait stop",
  ),
  tool(
    "Event.get name day",
    "get an event",
    [
      "get the event of {name} on {day}",
      "tell me what {name} does on {day}",
    ],
    "the event is {result}",
    "work lunch travel rest",
  ),
  tool("Mail.send text name", "send a mail", [
    "mail {text} to {name}",
    "send {name} a mail with {text}",
  ], "the mail is sent"),
  tool("Note.save text name", "save a note", [
    "save {text} as a note for {name}",
    "write {text} down for {name}",
  ], "the note is saved"),
  tool("Text.change text language name", "change a text", [
    "change {text} into {language} for {name}",
    "put {text} into {language} because {name} wants it",
  ], "the text is changed"),
  tool("Page.print text copies", "print a page", [
    "print {text} in {copies} copies",
    "make {copies} copies of {text}",
  ], "the page is printed"),
  tool("Voice.say text room hour", "say a text", [
    "say {text} in the {room} at {hour}",
    "read {text} out at {hour} in the {room}",
  ], "the voice is heard"),
  tool("Screen.show text room color", "show a text", [
    "show {text} in {color} on the {room} screen",
    "put {text} on the screen of the {room} in {color}",
  ], "the screen is on"),
  tool("Hotel.book city nights", "book a hotel", [
    "book a hotel in {city} for {nights} nights",
    "get me {nights} nights in a hotel in {city}",
  ], "the hotel is booked"),
  tool("Table.book name guests day", "book a table", [
    "book a table for {name} with {guests} guests on {day}",
    "get a table on {day} for {guests} guests of {name}",
  ], "the table is booked"),
  tool("Task.add kind name day", "add a task", [
    "add a {kind} task for {name} on {day}",
    "give {name} a task about {kind} on {day}",
  ], "the task is added"),
  tool("Phone.call name hour", "call a person", [
    "call {name} at {hour}",
    "give {name} a call at {hour}",
  ], "the call is made"),
  tool("Meeting.plan name day hour", "plan a meeting", [
    "plan a meeting with {name} on {day} at {hour}",
    "set a meeting on {day} at {hour} with {name}",
  ], "the meeting is planned"),
  tool("Lamp.set room color level", "set a lamp", [
    "set the {room} lamp to {color} at level {level}",
    "make the lamp in the {room} {color} at level {level}",
  ], "the lamp is set"),
  tool("Music.play room volume", "play music", [
    "play music in the {room} at volume {volume}",
    "turn on music at volume {volume} in the {room}",
  ], "the music is on"),
  tool("Heater.set room hour level", "set a heater", [
    "set the {room} heater to level {level} at {hour}",
    "turn on the heater in the {room} at {hour} with level {level}",
  ], "the heater is set"),
  tool("Meal.order meal name hour", "order a meal", [
    "order {meal} for {name} at {hour}",
    "get {name} some {meal} at {hour}",
  ], "the meal is ordered"),
  tool("Shop.buy good count", "buy goods", [
    "buy {good} {count} times",
    "get {count} packs of {good} from the shop",
  ], "the goods are bought"),
  tool("Taxi.order city hour", "order a taxi", [
    "order a taxi in {city} at {hour}",
    "get me a taxi at {hour} in {city}",
  ], "the taxi is ordered"),
  tool("Alarm.set room hour", "set an alarm", [
    "set an alarm in the {room} at {hour}",
    "wake me at {hour} in the {room}",
  ], "the alarm is set"),
  tool("Door.lock room hour", "lock a door", [
    "lock the {room} door at {hour}",
    "close the door of the {room} at {hour}",
  ], "the door is locked"),
  tool("Room.paint room color day", "paint a room", [
    "paint the {room} {color} on {day}",
    "make the {room} {color} on {day}",
  ], "the room is painted"),
];

/** Whether a later step can use what the tool finds. */
export function findsSomething(tool: Tool): boolean {
  return tool.results.length > 0;
}

/** Whether the tool takes a text. */
export function takesText(tool: Tool): boolean {
  return tool.parameters.some(({ name }) => name === TEXT);
}
