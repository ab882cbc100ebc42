<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_HK" sourcelanguage="en">
<context>
    <name>Officer</name>
    <message>
        <source>Ready for the next traveller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for one more code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Admitted, asking the gate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The traveller is passing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A traveller waits for your decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent to the desk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Admitted, but the gate stayed shut: open by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lane held</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Out of order</source>
        <translation>暫停服務</translation>
    </message>
    <message>
        <source>Fire alarm: send everybody out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ADMIT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>REFER</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>REFUSE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Health code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customs declaration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Itinerary card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vaccination certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recovery certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exemption</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>green</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yellow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>red</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to the mainland</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to Hong Kong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to Macao</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>any direction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>two passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>passage unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>being tried</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answers badly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trust list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revocation list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Admit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send to the desk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Release the gate once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Admit: for what reason?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refuse: for what reason?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the desk: for what reason?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Release once: for what reason?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Admit now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refuse now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send to the desk now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Release now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>officer admitted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>officer refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>officer sent to the desk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two officers must admit this; send to the desk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The crossing is already over; the gate stays shut.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A specimen code never opens a gate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The gate is not ready; open it by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not possible just now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wrong tries cannot be saved. Sign-in works; tell the technician.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved wrong tries were damaged. Everybody waits 15 seconds once; tell the technician.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lost contact with the lane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last heard of {seconds} s ago. Look at the lane yourself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The lane has not reported yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>閘門</translation>
    </message>
    <message>
        <source>Records</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all at the hub</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} not at the hub yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none: every code is referred</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{age} min old</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{age} h old</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{age} days old</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{age}, ageing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{age}, too old: codes are referred</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lane health</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last crossings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold the lane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the lane go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Our verdict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference {crossing}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goes to the desk by itself in {seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do: {next}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not shown to the traveller. Speak about it in private.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing in this code could be proven. Trust none of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The signature proves nothing here: read it as a claim, not a fact.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Issuer&apos;s colour: {colour}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SPECIMEN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Issued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Valid for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one crossing, {direction}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Statement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dose {dose} of {of}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>negative</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>positive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not in this code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to decide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Still missing: {kinds}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Service number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PIN (six digits)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number or PIN is wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number or PIN is wrong. {left} more before you have to wait.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many wrong tries. Try again in {seconds} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This PIN is locked. A supervisor gives you a new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your entry in the roster has ended. Ask your supervisor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This lane has no roster; nobody can sign in. Tell the technician.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the traveller&apos;s screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>DEMO: nothing here is real</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Traveller</name>
    <message>
        <source>Show your health code</source>
        <translation>請出示健康碼</translation>
    </message>
    <message>
        <source>Reading – hold still</source>
        <translation>讀取中，請勿移動</translation>
    </message>
    <message>
        <source>This is not a health code</source>
        <translation>這不是健康碼</translation>
    </message>
    <message>
        <source>Please open your health code</source>
        <translation>請開啟健康碼</translation>
    </message>
    <message>
        <source>Closer, please</source>
        <translation>請靠近一點</translation>
    </message>
    <message>
        <source>A little farther away</source>
        <translation>請拿遠一點</translation>
    </message>
    <message>
        <source>Tilt it: the light is reflected</source>
        <translation>有反光，請稍為傾斜</translation>
    </message>
    <message>
        <source>Make the phone brighter</source>
        <translation>請調亮手機屏幕</translation>
    </message>
    <message>
        <source>Too bright: turn it from the light</source>
        <translation>太亮，請避開光線</translation>
    </message>
    <message>
        <source>Hold still, please</source>
        <translation>請保持不動</translation>
    </message>
    <message>
        <source>Show the whole code</source>
        <translation>請出示整個碼</translation>
    </message>
    <message>
        <source>About 15 cm from the camera</source>
        <translation>距離鏡頭約15厘米</translation>
    </message>
    <message>
        <source>No phone? Use staffed lane</source>
        <translation>沒有手機？請用人工通道</translation>
    </message>
    <message>
        <source>This is a web link</source>
        <translation>這是網址</translation>
    </message>
    <message>
        <source>This is a payment code</source>
        <translation>這是付款碼</translation>
    </message>
    <message>
        <source>This is a boarding pass</source>
        <translation>這是登機證</translation>
    </message>
    <message>
        <source>One more code</source>
        <translation>請再出示一個碼</translation>
    </message>
    <message>
        <source>The first code is read</source>
        <translation>第一個碼已讀取</translation>
    </message>
    <message>
        <source>Now show: health code</source>
        <translation>請出示：健康碼</translation>
    </message>
    <message>
        <source>Now show: customs declaration</source>
        <translation>請出示：海關申報碼</translation>
    </message>
    <message>
        <source>Now show: itinerary code</source>
        <translation>請出示：行程碼</translation>
    </message>
    <message>
        <source>Now show: vaccination record</source>
        <translation>請出示：疫苗接種記錄</translation>
    </message>
    <message>
        <source>Now show: test result</source>
        <translation>請出示：檢測結果</translation>
    </message>
    <message>
        <source>Now show: recovery record</source>
        <translation>請出示：康復記錄</translation>
    </message>
    <message>
        <source>Now show: exemption certificate</source>
        <translation>請出示：豁免證明</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>請稍候</translation>
    </message>
    <message>
        <source>The gate is about to open</source>
        <translation>閘門即將開啟</translation>
    </message>
    <message>
        <source>Please pass</source>
        <translation>請通行</translation>
    </message>
    <message>
        <source>The gate is open</source>
        <translation>閘門已開</translation>
    </message>
    <message>
        <source>Please wait for an officer</source>
        <translation>請等候職員協助</translation>
    </message>
    <message>
        <source>An officer will look at this with you</source>
        <translation>職員會與你一同查看</translation>
    </message>
    <message>
        <source>Please stay where you are</source>
        <translation>請留在原位</translation>
    </message>
    <message>
        <source>Have your document ready</source>
        <translation>請準備旅遊證件</translation>
    </message>
    <message>
        <source>Show the new code here</source>
        <translation>在這裏出示新碼</translation>
    </message>
    <message>
        <source>Show another code here</source>
        <translation>在這裏出示其他碼</translation>
    </message>
    <message>
        <source>Or ask at the desk</source>
        <translation>或到櫃位查詢</translation>
    </message>
    <message>
        <source>Use another lane or ask an officer</source>
        <translation>請用其他通道或向職員查詢</translation>
    </message>
    <message>
        <source>DEMO – not real</source>
        <translation>示範・並非真實</translation>
    </message>
    <message>
        <source>15 cm</source>
        <translation>15 cm</translation>
    </message>
    <message>
        <source>Please stop</source>
        <translation>請止步</translation>
    </message>
    <message>
        <source>Please step back from the gate</source>
        <translation>請離開閘門</translation>
    </message>
    <message>
        <source>Please go to the desk</source>
        <translation>請前往櫃位</translation>
    </message>
    <message>
        <source>The officers there will help you</source>
        <translation>櫃位職員會協助你</translation>
    </message>
    <message>
        <source>The gate did not open</source>
        <translation>閘門未能開啟</translation>
    </message>
    <message>
        <source>Your code is accepted</source>
        <translation>你的碼已通過</translation>
    </message>
    <message>
        <source>An officer will open the gate for you</source>
        <translation>職員會為你開閘</translation>
    </message>
    <message>
        <source>Lane closed</source>
        <translation>通道關閉</translation>
    </message>
    <message>
        <source>Out of order</source>
        <translation>暫停服務</translation>
    </message>
    <message>
        <source>Please use another lane</source>
        <translation>請使用其他通道</translation>
    </message>
    <message>
        <source>Leave now</source>
        <translation>請立即離開</translation>
    </message>
    <message>
        <source>Follow the exit signs</source>
        <translation>請跟隨出口指示</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>鏡頭</translation>
    </message>
    <message>
        <source>Code reader</source>
        <translation>讀碼器</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>閘門</translation>
    </message>
    <message>
        <source>Record keeping</source>
        <translation>記錄儲存</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>聲音</translation>
    </message>
    <message>
        <source>A part of this lane</source>
        <translation>通道部件</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>通道</translation>
    </message>
</context>
</TS>
