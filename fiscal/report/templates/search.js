(function () {
  var MOST = 100;
  var data = JSON.parse(document.getElementById("data").textContent);
  var words = document.getElementById("words"), told = document.getElementById("told"), hits = document.getElementById("hits");
  var lines = [];
  function add(text, where, href, kind) { lines.push([text, where, href, kind, (text + " " + where).toLowerCase()]); }
  data.accounts.forEach(function (account) {
    add(account[0], account[1], account[2], "单位");
  });
  data.findings.forEach(function (found) {
    var account = data.accounts[found[0]];
    add(found[3], account[0] + " " + account[1], account[2] + "#finding-" + found[1], data.severities[found[2]]);
  });
  data.items.forEach(function (item) {
    item[2].forEach(function (pair) {
      var account = data.accounts[pair[0]];
      add(item[0] + " " + item[1] + "　" + pair[1], account[0] + " " + account[1], account[2] + "#" + item[3] + item[0] + "-total", "科目");
    });
  });
  function show() {
    var wanted = words.value.trim().toLowerCase().split(/\s+/).filter(Boolean), found = 0;
    var list = document.createDocumentFragment();
    if (wanted.length) lines.forEach(function (line) {
      if (!wanted.every(function (word) { return line[4].indexOf(word) >= 0; })) return;
      found += 1;
      if (found > MOST) return;
      var item = document.createElement("li"), kind = document.createElement("span"), link = document.createElement("a"), where = document.createElement("span");
      kind.className = "chip info";
      kind.textContent = line[3];
      link.href = line[2];
      link.textContent = line[0];
      where.className = "where";
      where.textContent = line[1];
      item.append(kind, " ", link, where);
      list.appendChild(item);
    });
    hits.replaceChildren(list);
    told.textContent = !wanted.length ? "" : found > MOST ? "共 " + found + " 处，列出前 " + MOST + " 处" : "共 " + found + " 处";
  }
  document.querySelector("form").addEventListener("submit", function (event) { event.preventDefault(); });
  words.addEventListener("input", show);
})();
