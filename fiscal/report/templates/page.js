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
