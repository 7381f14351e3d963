/**
 * The tools of the tool-call suite: an agent that helps in a household and an office.
 *
 * @module
 */
import { CITIES, DAYS, PEOPLE } from "../words.ts";

/** A parameter: a text from a list, or an integer of a range, both ends included. */
export type Parameter =
  | { name: string; type: "string"; values: readonly string[] }
  | { name: string; type: "integer"; low: number; high: number };

/** A tool, with ways to ask for it; `{parameter}` stands for the parameter's value. */
export interface Tool {
  name: string;
  parameters: readonly Parameter[];
  requests: readonly string[];
}

const ROOMS = "kitchen bedroom bathroom office hall garage attic cellar".split(" ");
const THINGS = "lamp heater fan radio printer camera oven screen".split(" ");
const GOODS = "bread milk rice eggs apples coffee tea soap paper candles".split(" ");
const MEALS = "soup pizza pasta salad curry cake".split(" ");
const TOPICS = "budget holiday garden school report party music rent".split(" ");
const COLORS = "red blue green white yellow orange".split(" ");
const LANGUAGES = "French Spanish German Italian Polish Greek".split(" ");
const FILES = "notes plan invoice photo letter map".split(" ");

function text(name: string, values: readonly string[]): Parameter {
  return { name, type: "string", values };
}

function integer(name: string, low: number, high: number): Parameter {
  return { name, type: "integer", low, high };
}

function tool(name: string, parameters: Parameter[], ...requests: string[]): Tool {
  return { name, parameters, requests };
}

/** All tools. Each has at least 200 possible calls, so that every split has some. */
export const CATALOGUE: readonly Tool[] = [
  tool(
    "get_weather",
    [text("city", CITIES), text("day", DAYS), integer("hour", 0, 23)],
    "How is the weather in {city} on {day} at {hour}?",
    "Will it rain in {city} on {day} at {hour}?",
  ),
  tool(
    "book_train",
    [text("start", CITIES), text("goal", CITIES), text("day", DAYS)],
    "Book a train from {start} to {goal} on {day}.",
    "I need a train to {goal} on {day}, from {start}.",
  ),
  tool(
    "book_hotel",
    [text("city", CITIES), integer("nights", 1, 30)],
    "Book a hotel in {city} for {nights} nights.",
    "I stay {nights} nights in {city}, find me a hotel.",
  ),
  tool(
    "book_table",
    [text("name", PEOPLE), integer("guests", 2, 12), text("day", DAYS)],
    "Book a table for {guests} on {day}, the name is {name}.",
    "{name} wants a table on {day} for {guests}.",
  ),
  tool(
    "send_mail",
    [text("to", PEOPLE), text("topic", TOPICS)],
    "Send {to} a mail about the {topic}.",
    "Write a mail about the {topic} to {to}.",
  ),
  tool(
    "call_person",
    [text("name", PEOPLE), integer("hour", 0, 23)],
    "Call {name} at {hour}.",
    "At {hour} I want to talk to {name}.",
  ),
  tool(
    "plan_meeting",
    [text("with", PEOPLE), text("day", DAYS), text("topic", TOPICS)],
    "Plan a meeting with {with} on {day} about the {topic}.",
    "On {day} I meet {with} about the {topic}.",
  ),
  tool(
    "cancel_meeting",
    [text("with", PEOPLE), text("day", DAYS)],
    "Cancel the meeting with {with} on {day}.",
    "I cannot meet {with} on {day}.",
  ),
  tool(
    "add_task",
    [text("topic", TOPICS), text("day", DAYS), text("for", PEOPLE)],
    "Add a task for {for}: {topic}, until {day}.",
    "{for} must work on the {topic} until {day}.",
  ),
  tool(
    "set_alarm",
    [integer("hour", 0, 23), integer("minute", 10, 59)],
    "Set an alarm at {hour} hours {minute}.",
    "Wake me at {hour} hours {minute}.",
  ),
  tool(
    "set_timer",
    [text("meal", MEALS), integer("minutes", 1, 90)],
    "Set a timer of {minutes} minutes for the {meal}.",
    "The {meal} needs {minutes} minutes, set a timer.",
  ),
  tool(
    "turn_on",
    [text("thing", THINGS), text("room", ROOMS), integer("hour", 0, 23)],
    "Turn on the {thing} in the {room} at {hour}.",
    "At {hour} I need the {thing} in the {room}.",
  ),
  tool(
    "turn_off",
    [text("thing", THINGS), text("room", ROOMS), integer("hour", 0, 23)],
    "Turn off the {thing} in the {room} at {hour}.",
    "After {hour} nobody needs the {thing} in the {room}.",
  ),
  tool(
    "set_heat",
    [text("room", ROOMS), integer("degrees", 5, 35)],
    "Heat the {room} to {degrees} degrees.",
    "I want {degrees} degrees in the {room}.",
  ),
  tool(
    "set_light",
    [text("room", ROOMS), text("color", COLORS), integer("level", 1, 100)],
    "Make the light in the {room} {color}, level {level}.",
    "I want {color} light of level {level} in the {room}.",
  ),
  tool(
    "buy_goods",
    [text("item", GOODS), integer("count", 1, 60)],
    "Buy {count} of {item}.",
    "We need {item}, buy {count}.",
  ),
  tool(
    "order_meal",
    [text("meal", MEALS), text("for", PEOPLE), integer("hour", 0, 23)],
    "Order {meal} for {for} at {hour}.",
    "{for} wants to eat {meal} at {hour}.",
  ),
  tool(
    "pay_person",
    [text("to", PEOPLE), integer("amount", 1, 500)],
    "Pay {amount} to {to}.",
    "I owe {to} {amount}, pay it.",
  ),
  tool(
    "translate_file",
    [text("file", FILES), text("language", LANGUAGES), text("for", PEOPLE)],
    "Translate the {file} to {language} for {for}.",
    "{for} reads {language} only, translate the {file}.",
  ),
  tool(
    "share_file",
    [text("file", FILES), text("with", PEOPLE)],
    "Share the {file} with {with}.",
    "Let {with} see the {file}.",
  ),
  tool(
    "print_file",
    [text("file", FILES), integer("copies", 1, 90)],
    "Print {copies} copies of the {file}.",
    "I need the {file} on paper, {copies} copies.",
  ),
  tool(
    "play_music",
    [text("room", ROOMS), integer("volume", 1, 100)],
    "Play music in the {room} at volume {volume}.",
    "I want to hear music in the {room}, volume {volume}.",
  ),
  tool(
    "find_route",
    [text("start", CITIES), text("goal", CITIES)],
    "How do I get from {start} to {goal}?",
    "Find the way to {goal} from {start}.",
  ),
  tool(
    "paint_room",
    [text("room", ROOMS), text("color", COLORS), text("day", DAYS)],
    "Paint the {room} {color} on {day}.",
    "On {day} the {room} must become {color}.",
  ),
];
