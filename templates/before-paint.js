// The only inline line: the palette and the text size a reader chose, before anything is painted;
// `js` says that the controls which need modules will work. Storage may be forbidden, and then
// nothing was chosen. Every line ends where another may follow without a gap.
{const root=document.documentElement;
root.classList.toggle("js","noModule"in HTMLScriptElement.prototype);
try{
root.dataset.palette=localStorage.getItem("yq-palette")||"";
root.dataset.text=localStorage.getItem("yq-text")||"";
}catch(error){root.dataset.palette="";}}
