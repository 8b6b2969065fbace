// Looks at the finished document, then touches what can be touched, and hands back what it saw.
(async () => {
    const pause = millis => new Promise(resolve => setTimeout(resolve, millis));
    const content = document.querySelector('article.md-content__inner, [role=main]') ?? document.body;
    const unwanted = new Set(('script iframe frame frameset object embed applet form input button textarea select option style link '
        + 'meta base svg math template noscript video audio source track canvas portal marquee dialog slot area map '
        + 'image foreignobject xmp plaintext listing keygen isindex bgsound layer').split(' '));
    const addresses = new Set(('href src srcset action formaction xlink:href data poster background cite longdesc ping '
        + 'manifest profile codebase archive classid usemap dynsrc lowsrc imagesrcset').split(' '));
    const harmless = new Set(['http:', 'https:', 'mailto:']);
    const brief = element => element.cloneNode(false).outerHTML.slice(0, 160);

    // What extensions write for task lists and tabs, and what the theme writes for neighbouring pages and into the content.
    const generated = element => element.matches('input[type=checkbox][disabled], input[type=radio][name^=__tabbed_], '
        + 'head > link[rel=prev], head > link[rel=next], button.md-clipboard, button[class^=tabbed-], button.md-code__button');

    const suspects = [];
    for (const element of document.querySelectorAll('*')) {
        const name = element.localName;
        const inContent = content.contains(element);
        if ((unwanted.has(name) || name.includes('-') || name.includes(':')) && !generated(element)) {
            suspects.push(name + ': ' + brief(element));
        }
        for (const {name: attribute, value} of element.attributes) {
            if (/^on[a-z]/.test(attribute)) {
                suspects.push('handler: ' + brief(element));
            } else if (attribute === 'ping' || attribute.endsWith('srcset') || attribute === 'srcdoc'
                    || attribute === 'contenteditable' || attribute === 'autofocus' || attribute === 'is') {
                suspects.push(attribute + ': ' + brief(element));
            } else if (attribute === 'style' && (inContent ? !/^text-align: ?(left|right|center);?$/.test(value)
                    : /url|import|expression/i.test(value))) {
                suspects.push('style: ' + brief(element));
            } else if (addresses.has(attribute)) {
                let protocol = 'unreadable:';
                try {
                    protocol = new URL(value, document.baseURI).protocol;
                } catch {
                    // An address that no browser can read leads nowhere.
                    protocol = 'https:';
                }
                const image = name === 'img' && attribute === 'src' && /^data:image\/(png|jpeg|gif|webp)[;,]/i.test(value);
                if (!harmless.has(protocol) && !image) {
                    suspects.push(protocol + ' ' + brief(element));
                }
            } else if (inContent && attribute === 'name' && ['img', 'form', 'embed', 'object', 'iframe'].includes(name)) {
                suspects.push('name: ' + brief(element));
            }
        }
        // The theme's script finds its own elements by these. A heading's is made from its text, which is no setting of a theme.
        if (inContent && /^__(?!code|tabbed|span)/.test(element.id) && !/^h[1-6]$/.test(name)) {
            suspects.push('id: ' + brief(element));
        }
        if (inContent && element.matches('[data-md-component], [class*="md-"]:not(button):not(.md-content__inner)')
                && !element.closest('.md-source-file, .md-clipboard, .md-typeset__scrollwrap')) {
            suspects.push('theme: ' + brief(element));
        }
    }
    const opened = [...content.querySelectorAll('details:not([open])')];
    opened.forEach(details => details.open = true);
    const text = document.body.innerText;
    const code = [...content.querySelectorAll('pre, code')].map(element => [element, element.style.display]);
    code.forEach(([element]) => element.style.display = 'none');
    const prose = content.innerText;
    code.forEach(([element, display]) => element.style.display = display);
    opened.forEach(details => details.open = false);
    const bidi = text.match(/[\u202a-\u202e]/g);
    if (bidi) {
        suspects.push('direction override');
    }

    // Following a link of the web is what a reader may do; anything else that a touch sets off is the card's doing.
    window.addEventListener('click', event => {
        const link = event.target.closest?.('a, area');
        if (link && ['http:', 'https:', 'mailto:'].includes(link.protocol)) {
            event.preventDefault();
        }
    }, true);
    const kinds = ['click', 'pointerenter', 'pointerover', 'pointermove', 'pointerdown', 'pointerup', 'mouseenter', 'mouseover',
        'mousemove', 'mousedown', 'mouseup', 'wheel', 'auxclick', 'contextmenu', 'dblclick', 'focus', 'focusin', 'blur',
        'keydown', 'keyup', 'keypress', 'toggle', 'beforetoggle', 'copy', 'paste', 'drag', 'dragstart', 'input', 'change',
        'animationstart', 'animationend', 'transitionend', 'touchstart', 'touchend', 'scroll', 'load', 'error', 'begin'];
    let touched = 0;
    for (const element of content.querySelectorAll('*')) {
        if (touched++ > 1500) {
            break;
        }
        for (const kind of kinds) {
            element.dispatchEvent(new Event(kind, {bubbles: false, cancelable: true}));
        }
        if (element.localName === 'details') {
            element.open = !element.open;
        }
        if (['a', 'area', 'summary', 'button', 'input', 'label'].includes(element.localName)) {
            element.focus?.();
            element.click?.();
        }
    }
    await pause(60);
    return {suspects, text, prose};
})()
