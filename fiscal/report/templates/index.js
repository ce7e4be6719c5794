(function () {
  var body = document.querySelector("#accounts tbody");
  var rows = Array.from(body.rows);
  var heads = Array.from(document.querySelectorAll("#accounts thead th"));
  var find = document.getElementById("find"), year = document.getElementById("year");
  var only = document.getElementById("only"), shown = document.getElementById("shown");
  function filter() {
    var words = find.value.trim().toLowerCase().split(/\s+/), n = 0;
    rows.forEach(function (row) {
      var fits = words.every(function (word) { return row.dataset.find.indexOf(word) >= 0; }) &&
        (!year.value || row.dataset.year === year.value) && (!only.checked || Number(row.cells[5].dataset.v) > 0);
      row.hidden = !fits;
      if (fits) n += 1;
    });
    shown.textContent = n === rows.length ? "共 " + n + " 份" : "显示 " + n + " 份，共 " + rows.length + " 份";
  }
  function keyOf(row, column, isText) {
    var cell = row.cells[column];
    if (isText) return cell.textContent;
    return cell.dataset.v === "" ? null : Number(cell.dataset.v);
  }
  function sort(column, isText) {
    var head = heads[column], down = head.getAttribute("aria-sort") === "ascending";
    if (head.getAttribute("aria-sort") === null && !isText) down = true;
    heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    var order = new Intl.Collator("zh-CN");
    var keyed = rows.map(function (row) { return [keyOf(row, column, isText), row]; });
    keyed.sort(function (a, b) {
      if (a[0] === null || b[0] === null) return (a[0] === null) - (b[0] === null);
      var way = isText ? order.compare(a[0], b[0]) : a[0] - b[0];
      return down ? -way : way;
    });
    rows = keyed.map(function (pair) { return pair[1]; });
    var all = document.createDocumentFragment();
    rows.forEach(function (row) { all.appendChild(row); });
    body.appendChild(all);
  }
  heads.forEach(function (head, column) {
    var button = head.querySelector("button");
    if (button) button.addEventListener("click", function () { sort(column, !!button.dataset.text); });
  });
  [find, year, only].forEach(function (field) { field.addEventListener("input", filter); });
})();
