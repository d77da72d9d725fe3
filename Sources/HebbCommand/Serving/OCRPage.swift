/// The page at `/` of the OCR service: a place to drop a picture on.
///
/// One document without anything from elsewhere, so that it works without a network, and with a policy that forbids the rest.
enum OCRPage {
  /// Only what stands in the document itself runs, and only this service is asked.
  static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src blob: data:; "
    + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

  static let html = head + style + body + script

  private static let head = """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Read a picture</title>
    <link rel="icon" href="data:,">

    """

  private static let style = """
    <style>
    :root {
      --paper: #fbfaf7; --card: #fff; --ink: #1d2126; --soft: #5b636e; --edge: #d9d6ce; --mark: #0b6bcb;
      --glow: rgb(11 107 203 / .18); --bad: #b3261e; font: 16px/1.5 system-ui, sans-serif;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #16181c; --card: #1f2227; --ink: #e9e7e2; --soft: #a2a9b4; --edge: #383c44; --mark: #6cb2ff;
        --glow: rgb(108 178 255 / .25); --bad: #ff9a92;
      }
    }
    * { box-sizing: border-box; }
    [hidden] { display: none !important; }
    body { margin: 0; background: var(--paper); color: var(--ink); }
    main { max-width: 84rem; margin: 0 auto; padding: 1.5rem clamp(1rem, 3vw, 2.5rem) 3rem; }
    h1 { font-size: 1.4rem; margin: 0; letter-spacing: -.01em; }
    h2 { font-size: .95rem; margin: 0; }
    .bar { display: flex; flex-wrap: wrap; gap: .6rem 1.4rem; align-items: center; }
    .bar > :first-child { margin-right: auto; }
    header { margin-bottom: 1.1rem; }
    label.field { display: flex; gap: .5rem; align-items: center; color: var(--soft); font-size: .9rem; }
    input[type=text] {
      font: inherit; color: inherit; background: var(--card); border: 1px solid var(--edge); border-radius: .4rem;
      padding: .3rem .55rem; width: 11rem;
    }
    input[type=checkbox] { width: 1.1rem; height: 1.1rem; accent-color: var(--mark); margin: 0; }
    button {
      font: inherit; font-size: .9rem; color: var(--ink); background: var(--card); border: 1px solid var(--edge);
      border-radius: .4rem; padding: .3rem .8rem; cursor: pointer;
    }
    button:hover:enabled { border-color: var(--mark); color: var(--mark); }
    button:disabled { opacity: .5; cursor: default; }
    :focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
    .drop {
      position: relative; display: block; border: 2px dashed var(--edge); border-radius: .8rem; background: var(--card);
      color: var(--soft); text-align: center; padding: clamp(3rem, 26vh, 16rem) 1rem; cursor: pointer;
      transition: border-color .15s, background-color .15s, padding .15s;
    }
    .drop strong { display: block; color: var(--ink); font-size: 1.1rem; font-weight: 600; }
    .drop input { position: absolute; inset: 0; width: 100%; height: 100%; opacity: 0; cursor: pointer; }
    .drop:hover, .over .drop { border-color: var(--mark); background: var(--glow); }
    .drop:focus-within { outline: 3px solid var(--mark); outline-offset: 2px; }
    .small .drop { padding: .8rem 1rem; }
    .small .drop strong { font-size: 1rem; }
    #status { min-height: 1.5rem; margin: .7rem 0; color: var(--soft); font-size: .9rem; }
    #status.bad { color: var(--bad); font-weight: 600; }
    .result { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1.4rem; align-items: start; }
    @media (max-width: 52rem) { .result { grid-template-columns: minmax(0, 1fr); } }
    .card { background: var(--card); border: 1px solid var(--edge); border-radius: .8rem; overflow: hidden; }
    .card > .bar { padding: .55rem .9rem; border-bottom: 1px solid var(--edge); min-height: 3.1rem; }
    .sheet { padding: .9rem; text-align: center; }
    .frame { position: relative; display: inline-block; max-width: 100%; line-height: 0; }
    .frame img { max-width: 100%; max-height: 78vh; border-radius: .2rem; background: #fff; }
    .frame img.tiny { min-width: min(100%, 24rem); image-rendering: pixelated; }
    .frame svg { position: absolute; inset: 0; width: 100%; height: 100%; }
    polygon {
      fill: transparent; stroke: #0b6bcb; stroke-width: 1.5; stroke-opacity: .75; vector-effect: non-scaling-stroke;
      cursor: pointer;
    }
    polygon.on { fill: rgb(11 107 203 / .22); stroke-width: 2.5; stroke-opacity: 1; }
    .text { padding: .7rem .9rem 1rem; max-height: 78vh; overflow: auto; }
    .text p { margin: 0; padding: .08rem .4rem; border-radius: .3rem; overflow-wrap: anywhere; white-space: pre-wrap; }
    .text p.gap { margin-top: .9rem; }
    .text p.on { background: var(--glow); }
    .text p.unsure { text-decoration: underline dotted var(--bad); text-underline-offset: .25em; }
    .none { color: var(--soft); font-style: italic; }
    </style>

    """

  private static let body = """
    <main id="main">
    <header class="bar">
      <h1>Read a picture</h1>
      <label class="field"><input type="checkbox" id="line"> It is a single line</label>
      <label class="field">Only these characters
        <input type="text" id="alphabet" placeholder="all, or 0-9A-Z" autocomplete="off" spellcheck="false"></label>
    </header>
    <label class="drop">
      <strong>Drop a picture here, paste it, or choose a file</strong>
      <span>PNG or JPEG; it goes to this service and nowhere else.</span>
      <input type="file" id="file" accept="image/*" aria-label="Choose a picture">
    </label>
    <p id="status" role="status" aria-live="polite"></p>
    <div class="result" id="result" hidden>
      <section class="card" aria-labelledby="picture-title">
        <div class="bar"><h2 id="picture-title">Picture</h2>
          <label class="field"><input type="checkbox" id="boxes" checked> Boxes</label></div>
        <div class="sheet"><div class="frame"><img id="picture" alt="The picture that was read">
          <svg id="overlay" aria-hidden="true" preserveAspectRatio="none"></svg></div></div>
      </section>
      <section class="card" aria-labelledby="text-title">
        <div class="bar"><h2 id="text-title">Text</h2><button type="button" id="copy">Copy</button></div>
        <div class="text" id="text" tabindex="0" role="region" aria-label="Text of the picture" dir="auto"></div>
      </section>
    </div>
    </main>

    """

  private static let script = """
    <script>
    "use strict";
    const get = id => document.getElementById(id);
    const SVG = "http://www.w3.org/2000/svg";
    let picture = null, text = "", turn = 0, address = "";

    function say(message, bad) {
      get("status").textContent = message;
      get("status").className = bad ? "bad" : "";
    }

    // Other kinds of pictures than the service takes are drawn anew as PNG.
    async function readable(file) {
      if (file.type === "image/png" || file.type === "image/jpeg") return file;
      const bitmap = await createImageBitmap(file);
      const canvas = document.createElement("canvas");
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      canvas.getContext("2d").drawImage(bitmap, 0, 0);
      return await new Promise(done => canvas.toBlob(done, "image/png"));
    }

    function light(index, on) {
      for (const parent of [get("overlay"), get("text")]) {
        const child = parent.querySelector(`[data-line="${index}"]`);
        if (child) child.classList.toggle("on", on);
      }
    }

    function watch(element, index) {
      element.dataset.line = index;
      element.addEventListener("pointerenter", () => light(index, true));
      element.addEventListener("pointerleave", () => light(index, false));
    }

    function show(page) {
      const overlay = get("overlay"), out = get("text");
      overlay.replaceChildren();
      out.replaceChildren();
      overlay.setAttribute("viewBox", `0 0 ${page.width} ${page.height}`);
      page.lines.forEach((line, index) => {
        const shape = document.createElementNS(SVG, "polygon");
        shape.setAttribute("points", line.corners.map(corner => corner.join(",")).join(" "));
        shape.addEventListener("click", () =>
          out.querySelector(`[data-line="${index}"]`).scrollIntoView({block: "nearest"}));
        watch(shape, index);
        overlay.append(shape);
        const row = document.createElement("p");
        row.textContent = line.text;
        row.title = `${Math.round(100 * line.confidence)} % sure`;
        row.classList.toggle("gap", index > 0 && line.paragraph !== page.lines[index - 1].paragraph);
        row.classList.toggle("unsure", line.confidence < 0.6);
        watch(row, index);
        out.append(row);
      });
      text = page.text;
      get("copy").disabled = text === "";
      if (text === "") {
        const none = document.createElement("p");
        none.className = "none";
        none.textContent = "No text was found.";
        out.append(none);
      }
    }

    async function read() {
      if (!picture) return;
      const mine = ++turn, start = performance.now();
      say("Reading …");
      try {
        const options = new URLSearchParams({format: "json"});
        if (get("line").checked) options.set("line", "1");
        const query = options + (get("alphabet").value ? "&alphabet=" + encodeURIComponent(get("alphabet").value) : "");
        const answer = await fetch("ocr?" + query,
          {method: "POST", headers: {"Content-Type": picture.type}, body: picture});
        const page = await answer.json();
        if (mine !== turn) return;
        if (!answer.ok) return say(page.error, true);
        show(page);
        get("result").hidden = false;
        get("main").className = "small";
        const seconds = ((performance.now() - start) / 1000).toFixed(2);
        say(`${page.lines.length} ${page.lines.length === 1 ? "line" : "lines"} in ${seconds} s, `
          + `${page.width} × ${page.height} pixels`);
      } catch (error) {
        if (mine === turn) say("The service does not answer.", true);
      }
    }

    async function take(file) {
      if (!file) return;
      try {
        picture = await readable(file);
      } catch (error) {
        return say("This file is not a picture that can be shown.", true);
      }
      if (address) URL.revokeObjectURL(address);
      address = URL.createObjectURL(picture);
      get("result").hidden = true;
      get("picture").onload = () =>
        get("picture").classList.toggle("tiny", get("picture").naturalWidth < 400);
      get("picture").src = address;
      await read();
    }

    get("file").addEventListener("change", event => {
      take(event.target.files[0]);
      event.target.value = "";  // so that the same file can be chosen again
    });
    get("line").addEventListener("change", read);
    get("alphabet").addEventListener("change", read);
    get("boxes").addEventListener("change", event => get("overlay").style.display = event.target.checked ? "" : "none");
    get("copy").addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text);
        say("Copied.");
      } catch (error) {
        getSelection().selectAllChildren(get("text"));
        say("The text is marked: copy it with Ctrl+C.");
      }
    });
    for (const name of ["dragenter", "dragover"]) addEventListener(name, event => {
      event.preventDefault();
      document.body.className = "over";
    });
    for (const name of ["dragleave", "drop"]) addEventListener(name, () => document.body.className = "");
    addEventListener("drop", event => {
      event.preventDefault();
      take(event.dataTransfer.files[0]);
    });
    addEventListener("paste", event => {
      const file = [...event.clipboardData.files].find(file => file.type.startsWith("image/"));
      if (file) take(file);
    });
    </script>
    </html>

    """
}
