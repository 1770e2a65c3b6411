// Draws each figure of the page from the JSON next to it.
(() => {
  const NARROW = 560; // pixels: below this a legend beside the plot would take half of it

  /** On a phone the legend goes under the plot and margins are slim, where the figure does not say otherwise. */
  function forNarrow(layout) {
    const legend = { orientation: "h", x: 0, xanchor: "left", y: -0.25, yanchor: "top" };
    return { ...layout, margin: { l: 55, r: 15, ...layout.margin }, legend: { ...legend, ...layout.legend } };
  }

  // Printing scales the picture to the paper; for that the drawing must know its own size.
  function rememberSize(place) {
    const { width, height } = place._fullLayout;
    place.style.setProperty("--shape", `${width} / ${height}`);
    for (const drawing of place.querySelectorAll(".main-svg"))
      drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  }

  // WebGL drawings come out empty on paper: such a figure gets a picture for printing.
  async function addPicture(place) {
    if (place.querySelector(".gl-container canvas") === null) return;
    const { width, height } = place._fullLayout;
    const picture = new Image();
    picture.src = await Plotly.toImage(place, { format: "png", width, height, scale: 2 });
    picture.alt = "";
    picture.className = "xorlab-print";
    place.after(picture);
  }

  async function draw(place, figure) {
    const whole = { ...figure.layout, autosize: true };
    delete whole.width; // use the page's width, not that of the screen it was made on
    const layout = place.clientWidth < NARROW ? forNarrow(whole) : whole;
    const atHome = { showSendToCloud: false, plotlyServerURL: "" }; // no button that sends the figure to a server
    const config = { displaylogo: false, ...figure.config, ...atHome, responsive: true };
    place.replaceChildren();
    await Plotly.newPlot(place, { data: figure.data, layout, config, frames: figure.frames });
    place.on("plotly_afterplot", () => rememberSize(place));
    rememberSize(place);
    await addPicture(place);
  }

  for (const data of document.querySelectorAll("script.xorlab-figure-data")) {
    const place = data.previousElementSibling;
    draw(place, JSON.parse(data.textContent)).catch((error) => {
      place.textContent = `This figure could not be drawn: ${error.message}`;
      console.error(error);
    });
  }
})();
