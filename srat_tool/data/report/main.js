// The order of the page: what is most important first.

const chart = drawLayout();
drawFindings();
drawRanges();
drawTiers();
drawMatrices();
drawNodes();
drawTables();
drawReserved();

if (location.hash.length > 1) {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target) target.scrollIntoView();
}
document.documentElement.dataset.ready = "1";
