/**
 * A panel's title as a layer at a fixed height. Vega moves its own titles up where a mark stands out of
 * the panel, so that neighbours' titles would not line up.
 *
 * @module
 */

/** Layer with a title above the middle of a panel, so many points `above` it. */
export function panelTitle(text: string, width: number, above = 7): object {
  return {
    data: { values: [{}] },
    mark: {
      type: "text",
      text,
      align: "center",
      baseline: "bottom",
      fontSize: 8,
      fontWeight: "bold",
    },
    encoding: { x: { value: width / 2 }, y: { value: -above } },
  };
}
