// Draws each figure of the page from the JSON beside its place.
(() => {
  const NARROW = 560; // pixels: below this a legend beside the plot would take half of it

  /** Lines of a text, as long as they may be; a text with markup of its own stays as it is. */
  function wrapped(text, most) {
    const lines = text.split("<br>").flatMap((line) => {
      if (line.includes("<")) return [line];
      const rows = [""];
      for (const word of line.split(" ")) {
        const row = rows.at(-1) === "" ? word : `${rows.at(-1)} ${word}`;
        if (row.length <= most || rows.at(-1) === "") rows[rows.length - 1] = row;
        else rows.push(word);
      }
      return rows;
    });
    return lines.join("<br>");
  }

  /** On a phone: a title of several lines, the legend under the plot, slim margins. */
  function forNarrow(layout, width) {
    const title = typeof layout.title === "string" ? { text: layout.title } : { ...layout.title };
    const margin = { l: 55, r: 15, ...layout.margin };
    if (typeof title.text === "string") {
      const size = Math.min(title.font?.size ?? 17, 15);
      const before = title.text.split("<br>").length;
      title.text = wrapped(title.text, Math.floor(width / (size * 0.54)));
      title.font = { ...title.font, size };
      margin.t = (margin.t ?? 70) + (title.text.split("<br>").length - before) * size * 1.3;
    }
    margin.l = Math.min(margin.l, 55);
    margin.r = Math.min(margin.r, 15);
    const legend = { orientation: "h", x: 0, xanchor: "left", y: -0.25, yanchor: "top" };
    return { ...layout, title, margin, legend: { ...layout.legend, ...legend } };
  }

  // Printing scales the picture to the paper; for that the drawing must know its own size.
  function rememberSize(place) {
    const { width, height } = place._fullLayout;
    place.style.setProperty("--shape", `${width} / ${height}`);
    for (const drawing of place.querySelectorAll(".main-svg"))
      drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  }

  // What a graphics card draws comes out empty on paper: for print such a figure has a picture beside it.
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
    delete whole.width; // the page's width counts, not that of the screen it was made on
    const layout = place.clientWidth < NARROW ? forNarrow(whole, place.clientWidth) : whole;
    const config = { displaylogo: false, ...figure.config, responsive: true };
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
