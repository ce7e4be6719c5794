(function () {
  function lines(table) {
    var grid = [], taken = {};
    Array.from(table.rows).forEach(function (row, y) {
      grid[y] = grid[y] || [];
      Array.from(row.cells).forEach(function (cell) {
        var copy = cell.cloneNode(true), x = 0;
        copy.querySelectorAll(".mark, .sr, .more").forEach(function (part) { part.remove(); });
        var text = copy.textContent.trim(), bare = text.replace(/,/g, "");
        if (/^[-+]?\d[\d.]*%?$/.test(bare)) text = bare;
        while (taken[y + "," + x]) x += 1;
        for (var down = 0; down < cell.rowSpan; down += 1) for (var over = 0; over < cell.colSpan; over += 1) {
          taken[(y + down) + "," + (x + over)] = true;
          grid[y + down] = grid[y + down] || [];
          grid[y + down][x + over] = down ? "" : text;
        }
      });
    });
    return grid;
  }
  function saved(table, name) {
    table.dispatchEvent(new Event("whole"));
    var rows = lines(table).map(function (row) {
      return Array.from(row, function (text) { return '"' + (text || "").replace(/"/g, '""') + '"'; }).join(",");
    });
    table.dispatchEvent(new Event("paged"));
    var file = new Blob(["\ufeff" + rows.join("\r\n") + "\r\n"], { type: "text/csv" });
    var link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = name + ".csv";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }
  document.querySelectorAll(".sheet > .tablewrap, .league > .tablewrap").forEach(function (box) {
    var table = box.querySelector("table"), title = table.caption.cloneNode(true), button = document.createElement("button");
    title.querySelectorAll("small").forEach(function (part) { part.remove(); });
    button.type = "button";
    button.className = "save";
    button.textContent = "下载 CSV";
    button.setAttribute("aria-label", "下载 CSV：" + title.textContent.trim());
    button.addEventListener("click", function () { saved(table, title.textContent.trim()); });
    box.after(button);
  });
})();
(function () {
  var links = Array.from(document.querySelectorAll("nav a"));
  if (!("IntersectionObserver" in window)) return;
  function mark(id) {
    links.forEach(function (link) {
      if (link.getAttribute("href") !== "#" + id) return link.removeAttribute("aria-current");
      link.setAttribute("aria-current", "true");
      link.closest("ol").scrollLeft = link.offsetLeft - 48;
    });
  }
  var seen = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) { if (entry.isIntersecting) mark(entry.target.id); });
  }, { rootMargin: "-10% 0px -80% 0px" });
  links.forEach(function (link) {
    var target = document.getElementById(link.getAttribute("href").slice(1));
    if (target) seen.observe(target);
  });
  document.addEventListener("click", function (event) {
    var link = event.target.closest('a[href^="#"]');
    var target = link && document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)));
    var fold = target && target.closest("details");
    if (fold) fold.open = true;
  });
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll(".finding details").forEach(function (fold) { fold.open = true; });
  });
})();
