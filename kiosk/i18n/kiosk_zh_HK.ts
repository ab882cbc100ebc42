<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_HK" sourcelanguage="en">
<context>
    <name>Officer</name>
    <message>
        <source>Ready for the next traveller</source>
        <translation>可接待下一位旅客</translation>
    </message>
    <message>
        <source>Waiting for one more code</source>
        <translation>等候多一個碼</translation>
    </message>
    <message>
        <source>Admitted, asking the gate</source>
        <translation>已放行，正通知閘門</translation>
    </message>
    <message>
        <source>The traveller is passing</source>
        <translation>旅客正在通過</translation>
    </message>
    <message>
        <source>A traveller waits for your decision</source>
        <translation>旅客正等候你決定</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>已拒絕</translation>
    </message>
    <message>
        <source>Sent to the desk</source>
        <translation>已轉往櫃位</translation>
    </message>
    <message>
        <source>Admitted, but the gate stayed shut: open by hand</source>
        <translation>已放行但閘門未開：請手動開閘</translation>
    </message>
    <message>
        <source>Lane held</source>
        <translation>通道已暫停</translation>
    </message>
    <message>
        <source>Out of order</source>
        <translation>暫停服務</translation>
    </message>
    <message>
        <source>ADMIT</source>
        <translation>放行</translation>
    </message>
    <message>
        <source>REFER</source>
        <translation>轉交人員</translation>
    </message>
    <message>
        <source>REFUSE</source>
        <translation>拒絕</translation>
    </message>
    <message>
        <source>Health code</source>
        <translation>健康碼</translation>
    </message>
    <message>
        <source>Customs declaration</source>
        <translation>海關健康申報</translation>
    </message>
    <message>
        <source>Itinerary card</source>
        <translation>行程卡</translation>
    </message>
    <message>
        <source>Vaccination certificate</source>
        <translation>疫苗接種證明</translation>
    </message>
    <message>
        <source>Test certificate</source>
        <translation>檢測證明</translation>
    </message>
    <message>
        <source>Recovery certificate</source>
        <translation>康復證明</translation>
    </message>
    <message>
        <source>Exemption</source>
        <translation>豁免證明</translation>
    </message>
    <message>
        <source>International vaccination certificate</source>
        <translation>國際預防接種證書</translation>
    </message>
    <message>
        <source>Light certificate</source>
        <translation>簡化證書</translation>
    </message>
    <message>
        <source>green</source>
        <translation>綠色</translation>
    </message>
    <message>
        <source>yellow</source>
        <translation>黃色</translation>
    </message>
    <message>
        <source>red</source>
        <translation>紅色</translation>
    </message>
    <message>
        <source>to the mainland</source>
        <translation>前往內地</translation>
    </message>
    <message>
        <source>to Hong Kong</source>
        <translation>前往香港</translation>
    </message>
    <message>
        <source>to Macao</source>
        <translation>前往澳門</translation>
    </message>
    <message>
        <source>any direction</source>
        <translation>任何方向</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>已通過</translation>
    </message>
    <message>
        <source>nobody passed</source>
        <translation>無人通過</translation>
    </message>
    <message>
        <source>two passed</source>
        <translation>兩人通過</translation>
    </message>
    <message>
        <source>passage unknown</source>
        <translation>不知有否通過</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>已連接</translation>
    </message>
    <message>
        <source>being tried</source>
        <translation>正在嘗試</translation>
    </message>
    <message>
        <source>answers badly</source>
        <translation>回應異常</translation>
    </message>
    <message>
        <source>no connection</source>
        <translation>未能連接</translation>
    </message>
    <message>
        <source>Trust list</source>
        <translation>信任名單</translation>
    </message>
    <message>
        <source>From the station</source>
        <translation>站方通告</translation>
    </message>
    <message>
        <source>Lane closed: travellers are sent to another one</source>
        <translation>通道已關閉：旅客改用其他通道</translation>
    </message>
    <message>
        <source>Alarm: send everybody out</source>
        <translation>警報：請所有人離開</translation>
    </message>
    <message>
        <source>Revocation list</source>
        <translation>撤銷名單</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>政策</translation>
    </message>
    <message>
        <source>Admit</source>
        <translation>放行</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>拒絕</translation>
    </message>
    <message>
        <source>Send to the desk</source>
        <translation>轉往櫃位</translation>
    </message>
    <message>
        <source>Release the gate once</source>
        <translation>開閘一次</translation>
    </message>
    <message>
        <source>Admit: for what reason?</source>
        <translation>放行：原因為何？</translation>
    </message>
    <message>
        <source>Refuse: for what reason?</source>
        <translation>拒絕：原因為何？</translation>
    </message>
    <message>
        <source>To the desk: for what reason?</source>
        <translation>轉往櫃位：原因為何？</translation>
    </message>
    <message>
        <source>Release once: for what reason?</source>
        <translation>開閘一次：原因為何？</translation>
    </message>
    <message>
        <source>Admit now</source>
        <translation>立即放行</translation>
    </message>
    <message>
        <source>Refuse now</source>
        <translation>立即拒絕</translation>
    </message>
    <message>
        <source>Send to the desk now</source>
        <translation>立即轉往櫃位</translation>
    </message>
    <message>
        <source>Release now</source>
        <translation>立即開閘</translation>
    </message>
    <message>
        <source>Close the lane</source>
        <translation>關閉通道</translation>
    </message>
    <message>
        <source>Turn the lane: {to}</source>
        <translation>通道轉向：{to}</translation>
    </message>
    <message>
        <source>Mute the sound</source>
        <translation>靜音</translation>
    </message>
    <message>
        <source>Let it sound again</source>
        <translation>恢復聲音</translation>
    </message>
    <message>
        <source>Alarm: everybody leaves</source>
        <translation>警報：所有人離開</translation>
    </message>
    <message>
        <source>End the alarm</source>
        <translation>解除警報</translation>
    </message>
    <message>
        <source>Touch again to raise the alarm</source>
        <translation>再按一次即發出警報</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>聲音</translation>
    </message>
    <message>
        <source>muted by an officer</source>
        <translation>人員已靜音</translation>
    </message>
    <message>
        <source>Direction: {to}.</source>
        <translation>方向：{to}。</translation>
    </message>
    <message>
        <source>Turned by an officer. Direction now: {to}.</source>
        <translation>人員已將通道轉向，現在方向：{to}。</translation>
    </message>
    <message>
        <source>{count} not at the hub yet, the oldest for {minutes} min</source>
        <translation>{count} 項未送達中心，最舊的已等候 {minutes} 分鐘</translation>
    </message>
    <message>
        <source>officer admitted</source>
        <translation>人員已放行</translation>
    </message>
    <message>
        <source>officer refused</source>
        <translation>人員已拒絕</translation>
    </message>
    <message>
        <source>officer sent to the desk</source>
        <translation>人員已轉往櫃位</translation>
    </message>
    <message>
        <source>One officer has admitted; another one has to as well.</source>
        <translation>一名人員已准許通行；須由另一名人員同樣准許。</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>已完成。</translation>
    </message>
    <message>
        <source>The crossing is already over; the gate stays shut.</source>
        <translation>此次通關已結束；閘門保持關閉。</translation>
    </message>
    <message>
        <source>A specimen code never opens a gate.</source>
        <translation>樣本碼不會開啟閘門。</translation>
    </message>
    <message>
        <source>The gate is not ready; open it by hand.</source>
        <translation>閘門未準備好；請手動開閘。</translation>
    </message>
    <message>
        <source>Too late to take it back: the gate may have moved.</source>
        <translation>太遲，不能收回：閘門可能已動作。</translation>
    </message>
    <message>
        <source>Entered: read what the policy says of it, then decide.</source>
        <translation>已輸入：請參閱按政策的結果，然後決定。</translation>
    </message>
    <message>
        <source>Taken back: the traveller waits for your decision again.</source>
        <translation>已收回：旅客再次等候你的決定。</translation>
    </message>
    <message>
        <source>Not possible just now.</source>
        <translation>目前未能執行。</translation>
    </message>
    <message>
        <source>Somebody is in the lane: turn it when they are through.</source>
        <translation>通道內有人：待其通過後再轉向。</translation>
    </message>
    <message>
        <source>Wrong tries cannot be saved. Sign-in works; tell the technician.</source>
        <translation>未能儲存錯誤次數。仍可登入；請通知技術員。</translation>
    </message>
    <message>
        <source>Saved wrong tries were damaged. Everybody waits 15 seconds once; tell the technician.</source>
        <translation>錯誤次數記錄已損毀。每人須等候一次15秒；請通知技術員。</translation>
    </message>
    <message>
        <source>Lost contact with the lane</source>
        <translation>與通道失去聯絡</translation>
    </message>
    <message>
        <source>Last heard of {seconds} s ago. Look at the lane yourself.</source>
        <translation>{seconds}秒前最後一次收到消息。請親自查看通道。</translation>
    </message>
    <message>
        <source>The lane has not reported yet.</source>
        <translation>通道尚未回報。</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>閘門</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>記錄</translation>
    </message>
    <message>
        <source>all at the hub</source>
        <translation>已全部送達中心</translation>
    </message>
    <message>
        <source>{count} not at the hub yet</source>
        <translation>{count} 項未送達中心</translation>
    </message>
    <message>
        <source>none: every code is referred</source>
        <translation>沒有：所有碼均轉交人員</translation>
    </message>
    <message>
        <source>not signed: whoever can write the file decides who passes</source>
        <translation>未簽署：能改寫此檔案者即可決定放行</translation>
    </message>
    <message>
        <source>{age} min old</source>
        <translation>{age}分鐘前</translation>
    </message>
    <message>
        <source>{age} h old</source>
        <translation>{age}小時前</translation>
    </message>
    <message>
        <source>{age} days old</source>
        <translation>{age}日前</translation>
    </message>
    <message>
        <source>{age}, ageing</source>
        <translation>{age}，漸舊</translation>
    </message>
    <message>
        <source>{age}, too old: codes are referred</source>
        <translation>{age}，過舊：須轉交人員</translation>
    </message>
    <message>
        <source>Lane health</source>
        <translation>通道狀況</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>The lane is ready for a shift</source>
        <translation>通道已就緒，可以開始更次</translation>
    </message>
    <message>
        <source>The lane is not ready for a shift: do this first</source>
        <translation>通道未就緒，開始更次前請先處理</translation>
    </message>
    <message>
        <source>Last crossings (Hong Kong time)</source>
        <translation>最近通關（香港時間）</translation>
    </message>
    <message>
        <source>To the desk by itself in {seconds} s</source>
        <translation>{seconds}秒後自動轉往櫃位</translation>
    </message>
    <message>
        <source>Hold the lane</source>
        <translation>暫停通道</translation>
    </message>
    <message>
        <source>Let the lane go on</source>
        <translation>恢復通道</translation>
    </message>
    <message>
        <source>Our verdict</source>
        <translation>我們的判定</translation>
    </message>
    <message>
        <source>Reference {crossing}</source>
        <translation>參考編號 {crossing}</translation>
    </message>
    <message>
        <source>More time</source>
        <translation>延長時間</translation>
    </message>
    <message>
        <source>Do: {next}</source>
        <translation>處理：{next}</translation>
    </message>
    <message>
        <source>Not shown to the traveller. Speak about it in private.</source>
        <translation>旅客不會看到。請私下說明。</translation>
    </message>
    <message>
        <source>Nothing in this code could be proven. Trust none of it.</source>
        <translation>此碼內容全部未能證實。切勿採信。</translation>
    </message>
    <message>
        <source>No health code was shown: go by the documents.</source>
        <translation>沒有出示健康碼：請查看證件。</translation>
    </message>
    <message>
        <source>The signature proves nothing here: read it as a claim, not a fact.</source>
        <translation>簽署未能證明內容：只屬聲稱，並非事實。</translation>
    </message>
    <message>
        <source>Issuer&apos;s colour: {colour}</source>
        <translation>發碼方的顏色：{colour}</translation>
    </message>
    <message>
        <source>It claims to be {what}; nothing of that was verified.</source>
        <translation>此碼自稱為{what}；內容全未核實。</translation>
    </message>
    <message>
        <source>a Hong Kong vaccination record</source>
        <translation>香港疫苗接種紀錄</translation>
    </message>
    <message>
        <source>a link to an online health code</source>
        <translation>網上健康碼連結</translation>
    </message>
    <message>
        <source>a certificate of a newer kind</source>
        <translation>較新類型的證書</translation>
    </message>
    <message>
        <source>SPECIMEN</source>
        <translation>樣本</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation>發碼方</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>發出</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效至</translation>
    </message>
    <message>
        <source>Valid for</source>
        <translation>適用於</translation>
    </message>
    <message>
        <source>one crossing, {direction}</source>
        <translation>一次通關，{direction}</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>內容</translation>
    </message>
    <message>
        <source>dose {dose} of {of}</source>
        <translation>第{dose}劑，共{of}劑</translation>
    </message>
    <message>
        <source>negative</source>
        <translation>陰性</translation>
    </message>
    <message>
        <source>positive</source>
        <translation>陽性</translation>
    </message>
    <message>
        <source>not in this code</source>
        <translation>此碼未載</translation>
    </message>
    <message>
        <source>Nothing to decide</source>
        <translation>沒有待決定事項</translation>
    </message>
    <message>
        <source>To admit takes two officers: you, and another one after you.</source>
        <translation>准許通行須由兩名人員決定：你，以及之後另一名人員。</translation>
    </message>
    <message>
        <source>{officer} has admitted. The gate opens when another officer does.</source>
        <translation>{officer} 已准許通行。另一名人員亦准許後，閘門才會開啟。</translation>
    </message>
    <message>
        <source>Still missing: {kinds}</source>
        <translation>尚欠：{kinds}</translation>
    </message>
    <message>
        <source>Rule {rule}</source>
        <translation>規則 {rule}</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登入</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>登出</translation>
    </message>
    <message>
        <source>Service number</source>
        <translation>職員編號</translation>
    </message>
    <message>
        <source>PIN (six digits)</source>
        <translation>密碼（六位數字）</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>刪除</translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation>核對中……</translation>
    </message>
    <message>
        <source>Number or PIN is wrong.</source>
        <translation>編號或密碼錯誤。</translation>
    </message>
    <message>
        <source>Number or PIN is wrong. {left} more before you have to wait.</source>
        <translation>編號或密碼錯誤。再錯{left}次便須等候。</translation>
    </message>
    <message>
        <source>Too many wrong tries. Try again in {seconds} s.</source>
        <translation>錯誤次數過多。請於{seconds}秒後再試。</translation>
    </message>
    <message>
        <source>This PIN is locked. A supervisor gives you a new one.</source>
        <translation>此密碼已鎖定。請向主管取得新密碼。</translation>
    </message>
    <message>
        <source>Your entry in the roster has ended. Ask your supervisor.</source>
        <translation>你在名冊中的資格已屆滿。請向主管查詢。</translation>
    </message>
    <message>
        <source>This lane has no roster; nobody can sign in. Tell the technician.</source>
        <translation>此通道沒有名冊，無人可以登入。請通知技術員。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Back to the traveller&apos;s screen</source>
        <translation>返回旅客畫面</translation>
    </message>
    <message>
        <source>DEMO: nothing here is real</source>
        <translation>示範：一切均非真實</translation>
    </message>
    <message>
        <source>PRACTICE: nothing here is real</source>
        <translation>練習：一切均非真實</translation>
    </message>
    <message>
        <source>Station desk</source>
        <translation>關口工作台</translation>
    </message>
    <message>
        <source>Connected to the hub</source>
        <translation>已連接中心</translation>
    </message>
    <message>
        <source>The hub can&apos;t be reached: use each lane&apos;s own panel</source>
        <translation>無法連接中心：請使用各通道的面板</translation>
    </message>
    <message>
        <source>Connecting to the hub …</source>
        <translation>正在連接中心……</translation>
    </message>
    <message>
        <source>Nothing heard for {seconds} s. What the lanes do now is not known here.</source>
        <translation>已 {seconds} 秒沒有消息。這裏不知道各通道現時的情況。</translation>
    </message>
    <message>
        <source>Lanes</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>No lane of this station is enrolled at the hub.</source>
        <translation>中心沒有登記本關口的通道。</translation>
    </message>
    <message>
        <source>Travellers who wait</source>
        <translation>等候的旅客</translation>
    </message>
    <message>
        <source>Nobody waits</source>
        <translation>沒有人等候</translation>
    </message>
    <message>
        <source>waits, {seconds} s left</source>
        <translation>等候中，尚餘 {seconds} 秒</translation>
    </message>
    <message>
        <source>{officer} at {desk} has this one</source>
        <translation>{officer} 於 {desk} 處理中</translation>
    </message>
    <message>
        <source>You have this one, {seconds} s left</source>
        <translation>由你處理，尚餘 {seconds} 秒</translation>
    </message>
    <message>
        <source>Decided, on its way to the lane</source>
        <translation>已決定，正送往通道</translation>
    </message>
    <message>
        <source>Admitted by {officer}</source>
        <translation>{officer} 准許通行</translation>
    </message>
    <message>
        <source>Refused by {officer}</source>
        <translation>{officer} 拒絕通行</translation>
    </message>
    <message>
        <source>Sent to the desk by {officer}</source>
        <translation>{officer} 轉往櫃檯</translation>
    </message>
    <message>
        <source>The traveller needs no officer any more</source>
        <translation>旅客已不需要人員協助</translation>
    </message>
    <message>
        <source>Time ran out: sent to the desk</source>
        <translation>時間已過：轉往櫃檯</translation>
    </message>
    <message>
        <source>The lane ended it</source>
        <translation>通道已結束處理</translation>
    </message>
    <message>
        <source>No sound at this desk: look here for who waits, and check the loudspeaker.</source>
        <translation>此工作台沒有聲音：請留意此處的等候旅客，並檢查揚聲器。</translation>
    </message>
    <message>
        <source>Take this traveller</source>
        <translation>處理這位旅客</translation>
    </message>
    <message>
        <source>Somebody waits: take one at the left, by touch or by digit</source>
        <translation>有旅客等候：請在左方觸按，或按數字鍵處理</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>放回</translation>
    </message>
    <message>
        <source>Your roster entry has no signing key: decide at the lane&apos;s own panel and ask for a new PIN.</source>
        <translation>你的名冊記錄沒有簽署密鑰：請在通道面板作決定，並申請新密碼。</translation>
    </message>
    <message>
        <source>The evidence can&apos;t be read here: go to the lane.</source>
        <translation>這裏讀不到憑證內容：請前往通道。</translation>
    </message>
    <message>
        <source>This lane has not reported yet.</source>
        <translation>此通道尚未報告。</translation>
    </message>
    <message>
        <source>Faults: {codes}</source>
        <translation>故障：{codes}</translation>
    </message>
    <message>
        <source>In a state that this desk does not know</source>
        <translation>處於本工作台不認識的狀態</translation>
    </message>
    <message>
        <source>Order …</source>
        <translation>指令……</translation>
    </message>
    <message>
        <source>The gate is released, and an alarm is ended, only at the lane&apos;s own panel.</source>
        <translation>放行一次及解除警報，只可在通道的面板上操作。</translation>
    </message>
    <message>
        <source>Nothing can be ordered of this lane from here just now: go to its own panel.</source>
        <translation>現時不能在此指揮這條通道：請到通道的面板操作。</translation>
    </message>
    <message>
        <source>For a person who stands at this lane without a code. The lane then waits for your decision.</source>
        <translation>供站在此通道而沒有碼的人士使用。輸入後，通道會等候你決定。</translation>
    </message>
    <message>
        <source>Entered at the lane. Read what the policy says of it, then decide.</source>
        <translation>已在通道輸入。請參閱按政策的結果，然後決定。</translation>
    </message>
    <message>
        <source>The lane has done as ordered.</source>
        <translation>通道已執行指令。</translation>
    </message>
    <message>
        <source>Not done: somebody is in the lane. Order it again when nobody is.</source>
        <translation>未執行：通道內有人。請待無人時再發出指令。</translation>
    </message>
    <message>
        <source>The lane did not accept the order: order it at the lane&apos;s own panel.</source>
        <translation>通道不接受指令：請在通道的面板上操作。</translation>
    </message>
    <message>
        <source>The lane has not answered: go and see how it is.</source>
        <translation>通道沒有回應：請前往查看。</translation>
    </message>
    <message>
        <source>Another officer has taken this traveller.</source>
        <translation>另一名人員正處理這位旅客。</translation>
    </message>
    <message>
        <source>Another officer has already decided.</source>
        <translation>另一名人員已作決定。</translation>
    </message>
    <message>
        <source>The lane has finished with this traveller; the gate stays shut.</source>
        <translation>通道已完成處理這位旅客；閘門保持關閉。</translation>
    </message>
    <message>
        <source>Take the traveller first.</source>
        <translation>請先選擇處理這位旅客。</translation>
    </message>
    <message>
        <source>This traveller does not wait any more.</source>
        <translation>這位旅客已不再等候。</translation>
    </message>
    <message>
        <source>This computer is not enrolled as a desk of the station. Tell the technician.</source>
        <translation>這部電腦未登記為本關口的工作台。請通知技術員。</translation>
    </message>
    <message>
        <source>Nothing was sent: the hub can&apos;t be reached. Decide at the lane&apos;s own panel.</source>
        <translation>沒有送出：無法連接中心。請在通道面板作決定。</translation>
    </message>
    <message>
        <source>Sent to the lane.</source>
        <translation>已送往通道。</translation>
    </message>
    <message>
        <source>The lane did not accept the decision. Decide at the lane&apos;s own panel and tell the technician.</source>
        <translation>通道不接受此決定。請在通道面板作決定，並通知技術員。</translation>
    </message>
    <message>
        <source>Take back “{what}” ({seconds} s)</source>
        <translation>收回「{what}」（{seconds} 秒）</translation>
    </message>
    <message>
        <source>How sure</source>
        <translation>可靠程度</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>核對</translation>
    </message>
    <message>
        <source>Genuine: {checks}</source>
        <translation>屬實：{checks}</translation>
    </message>
    <message>
        <source>Not proven: {checks}</source>
        <translation>未能證實：{checks}</translation>
    </message>
    <message>
        <source>Not proven: entered by an officer, no signature</source>
        <translation>未能證實：由人員輸入，沒有簽署</translation>
    </message>
    <message>
        <source>signature right</source>
        <translation>簽署正確</translation>
    </message>
    <message>
        <source>signature wrong</source>
        <translation>簽署不符</translation>
    </message>
    <message>
        <source>signer not known here</source>
        <translation>本處不認識簽發者</translation>
    </message>
    <message>
        <source>signature not checked</source>
        <translation>未核對簽署</translation>
    </message>
    <message>
        <source>in date</source>
        <translation>在有效期內</translation>
    </message>
    <message>
        <source>out of date</source>
        <translation>已過期</translation>
    </message>
    <message>
        <source>not valid yet</source>
        <translation>尚未生效</translation>
    </message>
    <message>
        <source>dates not known</source>
        <translation>日期不詳</translation>
    </message>
    <message>
        <source>not revoked</source>
        <translation>未被撤銷</translation>
    </message>
    <message>
        <source>revoked</source>
        <translation>已被撤銷</translation>
    </message>
    <message>
        <source>revocation not checked, no list</source>
        <translation>未核對撤銷：沒有名單</translation>
    </message>
    <message>
        <source>revocation not checked, list too old</source>
        <translation>未核對撤銷：名單過時</translation>
    </message>
    <message>
        <source>Is the name that of the travel document?</source>
        <translation>姓名與旅行證件是否相同？</translation>
    </message>
    <message>
        <source>It names nobody: ask whose it is, look at the travel document.</source>
        <translation>碼上沒有姓名：請問屬誰，並查看旅行證件。</translation>
    </message>
    <message>
        <source>Look at the paper again: name, days, seal.</source>
        <translation>再看一次文件：姓名、日期、印章。</translation>
    </message>
    <message>
        <source>A specimen proves nothing: ask for the real one.</source>
        <translation>樣本不能證明任何事：請旅客出示真碼。</translation>
    </message>
    <message>
        <source>Card of {officer} read. Now the PIN.</source>
        <translation>已讀取 {officer} 的卡，請輸入密碼。</translation>
    </message>
    <message>
        <source>The card reader does not work: type the number. Tell the technician.</source>
        <translation>讀卡器故障：請輸入編號，並告知技術員。</translation>
    </message>
    <message>
        <source>Note: stays here, no names</source>
        <translation>備註：只留本站，不寫姓名</translation>
    </message>
    <message>
        <source>Enter a paper document</source>
        <translation>輸入紙本文件</translation>
    </message>
    <message>
        <source>Paper document</source>
        <translation>輸入紙本文件</translation>
    </message>
    <message>
        <source>{place} of {of}: {question}</source>
        <translation>第 {place} 步，共 {of} 步：{question}</translation>
    </message>
    <message>
        <source>What kind of document is it?</source>
        <translation>這是甚麼文件？</translation>
    </message>
    <message>
        <source>Who issued it?</source>
        <translation>由誰簽發？</translation>
    </message>
    <message>
        <source>Which colour does it show?</source>
        <translation>顯示甚麼顏色？</translation>
    </message>
    <message>
        <source>What is the result?</source>
        <translation>結果是甚麼？</translation>
    </message>
    <message>
        <source>On which day was it issued?</source>
        <translation>簽發日期？</translation>
    </message>
    <message>
        <source>Until which day is it valid?</source>
        <translation>有效期至哪一天？</translation>
    </message>
    <message>
        <source>What have you seen? Choose all that is true.</source>
        <translation>你看到甚麼？請選所有屬實的項目。</translation>
    </message>
    <message>
        <source>On which day was the sample taken?</source>
        <translation>採樣日期？</translation>
    </message>
    <message>
        <source>On which day was the last dose given?</source>
        <translation>最後一劑接種日期？</translation>
    </message>
    <message>
        <source>Year, month, day</source>
        <translation>年、月、日</translation>
    </message>
    <message>
        <source>That is no day this can be: type it as 2026-11-23.</source>
        <translation>日期不可能：請按 2026-11-23 的格式輸入。</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>More …</source>
        <translation>更多…</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>No end on it</source>
        <translation>沒有註明期限</translation>
    </message>
    <message>
        <source>The original, no copy</source>
        <translation>正本，不是副本</translation>
    </message>
    <message>
        <source>Name as in the travel document</source>
        <translation>姓名與旅行證件相同</translation>
    </message>
    <message>
        <source>Stamp or seal looks right</source>
        <translation>印章看來正確</translation>
    </message>
    <message>
        <source>The issuer confirmed it</source>
        <translation>簽發機構已確認</translation>
    </message>
    <message>
        <source>Show what the policy says</source>
        <translation>顯示按政策的結果</translation>
    </message>
    <message>
        <source>The policy in use asks for no document that can be entered.</source>
        <translation>現行政策沒有可供輸入的文件。</translation>
    </message>
    <message>
        <source>If the document is genuine, the policy would admit. You decide.</source>
        <translation>如文件屬實，按政策可放行。由你決定。</translation>
    </message>
    <message>
        <source>Even if the document is genuine, the policy would not admit: {reasons}.</source>
        <translation>即使文件屬實，按政策亦不可放行：{reasons}。</translation>
    </message>
    <message>
        <source>Even if the document is genuine, the policy would also ask for: {kinds}.</source>
        <translation>即使文件屬實，按政策仍需要：{kinds}。</translation>
    </message>
    <message>
        <source>Codes to practise with</source>
        <translation>練習用的碼</translation>
    </message>
    <message>
        <source>Made {time}, good that day. Only a lane in practice admits them.</source>
        <translation>於 {time} 製作，當天有效。只有練習中的通道會放行。</translation>
    </message>
    <message>
        <source>First: {what}</source>
        <translation>第一次：{what}</translation>
    </message>
    <message>
        <source>Shown again: {what}</source>
        <translation>再次出示：{what}</translation>
    </message>
    <message>
        <source>No health code: no crossing begins, the lane goes on looking.</source>
        <translation>不是健康碼：不會開始過關，通道繼續尋找。</translation>
    </message>
    <message>
        <source>Keyboard on the screen</source>
        <translation>螢幕鍵盤</translation>
    </message>
    <message>
        <source>Capitals</source>
        <translation>大寫</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>字母</translation>
    </message>
    <message>
        <source>Digits and signs</source>
        <translation>數字及符號</translation>
    </message>
    <message>
        <source>Letters with accents</source>
        <translation>帶重音的字母</translation>
    </message>
    <message>
        <source>Sentences</source>
        <translation>語句</translation>
    </message>
    <message>
        <source>Compared with the travel document.</source>
        <translation>已與旅行證件核對。</translation>
    </message>
    <message>
        <source>The original was shown on paper.</source>
        <translation>已出示紙本正本。</translation>
    </message>
    <message>
        <source>The phone&apos;s screen could not be read.</source>
        <translation>手機螢幕無法讀取。</translation>
    </message>
    <message>
        <source>Travels with children.</source>
        <translation>攜同兒童。</translation>
    </message>
    <message>
        <source>The holder objects.</source>
        <translation>持證人提出異議。</translation>
    </message>
    <message>
        <source>The desk was told.</source>
        <translation>已通知櫃位。</translation>
    </message>
    <message>
        <source>Nobody has crossed here yet, today or yesterday.</source>
        <translation>今日及昨日尚無人在此通關。</translation>
    </message>
    <message>
        <source>Reading the records …</source>
        <translation>正在讀取記錄 …</translation>
    </message>
    <message>
        <source>Crossings of today and yesterday (Hong Kong time): touch one to read it</source>
        <translation>今日及昨日的通關記錄（香港時間）：觸按一項即可查看</translation>
    </message>
    <message>
        <source>Which crossings</source>
        <translation>顯示哪些通關記錄</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Referred</source>
        <translation>轉交人員</translation>
    </message>
    <message>
        <source>Decided afterwards</source>
        <translation>事後決定</translation>
    </message>
    <message>
        <source>Waiting for a second officer</source>
        <translation>待第二名人員決定</translation>
    </message>
    <message>
        <source>None of these, today or yesterday.</source>
        <translation>今日及昨日沒有這類通關記錄。</translation>
    </message>
    <message>
        <source>The records can&apos;t be read just now. It is tried again by itself.</source>
        <translation>暫時無法讀取記錄，系統會自動再試。</translation>
    </message>
    <message>
        <source>{what}, afterwards</source>
        <translation>{what}（事後）</translation>
    </message>
    <message>
        <source>{officer}: {what}</source>
        <translation>{officer}：{what}</translation>
    </message>
    <message>
        <source>admitted</source>
        <translation>放行</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>拒絕</translation>
    </message>
    <message>
        <source>sent to the desk</source>
        <translation>轉往櫃位</translation>
    </message>
    <message>
        <source>admitted as the first of two</source>
        <translation>放行（兩人中第一人）</translation>
    </message>
    <message>
        <source>took it back</source>
        <translation>收回決定</translation>
    </message>
    <message>
        <source>wrote a note</source>
        <translation>寫了備註</translation>
    </message>
    <message>
        <source>went through</source>
        <translation>已通過閘門</translation>
    </message>
    <message>
        <source>the gate opened, nobody went through</source>
        <translation>閘門已開，無人通過</translation>
    </message>
    <message>
        <source>somebody followed close behind</source>
        <translation>有人緊隨通過</translation>
    </message>
    <message>
        <source>the gate did not say who went through</source>
        <translation>閘門沒有回報誰人通過</translation>
    </message>
    <message>
        <source>refused, the gate stayed shut</source>
        <translation>已拒絕，閘門未開</translation>
    </message>
    <message>
        <source>the gate did not open</source>
        <translation>閘門沒有打開</translation>
    </message>
    <message>
        <source>went to the desk</source>
        <translation>前往櫃位</translation>
    </message>
    <message>
        <source>nobody decided in time: to the desk</source>
        <translation>逾時未決：前往櫃位</translation>
    </message>
    <message>
        <source>left</source>
        <translation>已離開</translation>
    </message>
    <message>
        <source>broken off: the kiosk was stopped</source>
        <translation>中斷：本機被停止</translation>
    </message>
    <message>
        <source>broken off: the kiosk failed</source>
        <translation>中斷：本機故障</translation>
    </message>
    <message>
        <source>This crossing goes on: decide it where it waits.</source>
        <translation>此通關仍在進行：請在等候處決定。</translation>
    </message>
    <message>
        <source>This crossing is over: a decision is added to the records. The first verdict stays; no gate opens.</source>
        <translation>此通關已結束：決定會加入記錄。原判定不變；閘門不會打開。</translation>
    </message>
    <message>
        <source>{officer} has admitted. It counts once another officer does.</source>
        <translation>{officer} 已放行，須另一名人員也放行才算數。</translation>
    </message>
    <message>
        <source>verdict {verdict}</source>
        <translation>判定：{verdict}</translation>
    </message>
    <message>
        <source>Record: admit</source>
        <translation>記錄：放行</translation>
    </message>
    <message>
        <source>Record: refuse</source>
        <translation>記錄：拒絕</translation>
    </message>
    <message>
        <source>Record: to the desk</source>
        <translation>記錄：轉往櫃位</translation>
    </message>
    <message>
        <source>Being recorded …</source>
        <translation>正在記錄 …</translation>
    </message>
    <message>
        <source>Taken back. Both records stay.</source>
        <translation>已收回，兩項記錄均會保留。</translation>
    </message>
    <message>
        <source>Recorded.</source>
        <translation>已記錄。</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>返回清單</translation>
    </message>
    <message>
        <source>Slip for the traveller</source>
        <translation>旅客紀錄單</translation>
    </message>
    <message>
        <source>Let the traveller photograph the code, in the language you choose here.</source>
        <translation>請旅客拍下此碼；在此選擇語言。</translation>
    </message>
    <message>
        <source>Print the slip</source>
        <translation>列印紀錄單</translation>
    </message>
    <message>
        <source>Print it once more</source>
        <translation>再列印一次</translation>
    </message>
    <message>
        <source>Printing …</source>
        <translation>列印中……</translation>
    </message>
    <message>
        <source>The slip as a code to be photographed</source>
        <translation>供拍照的紀錄單碼</translation>
    </message>
    <message>
        <source>The slip is printed.</source>
        <translation>紀錄單已列印。</translation>
    </message>
    <message>
        <source>The slip was sent; this printer does not say whether it is printed: look.</source>
        <translation>紀錄單已送出；此打印機不會回報結果，請查看。</translation>
    </message>
    <message>
        <source>The slip is not printed, or not whole: look at the printer.</source>
        <translation>紀錄單未列印或不完整：請檢查打印機。</translation>
    </message>
    <message>
        <source>Not heard of any more: {lanes}</source>
        <translation>失去聯絡：{lanes}</translation>
    </message>
    <message>
        <source>Go there. If it works, decide at its own panel and have its network looked at. If not, use another lane and call the operator.</source>
        <translation>請前往查看。若通道仍在運作，請在其人員面板上處理，並請人檢查網絡；否則請改用其他通道，並聯絡技術人員。</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>已關閉</translation>
    </message>
    <message>
        <source>Find a reference</source>
        <translation>按參考編號查閱</translation>
    </message>
    <message>
        <source>Nine digits, from a slip, a screen or the telephone</source>
        <translation>九位數字，見於紀錄單、畫面或由電話告知</translation>
    </message>
    <message>
        <source>A digit is wrong or missing: ask for all nine again.</source>
        <translation>有數字不對或缺漏：請再問一次全部九位。</translation>
    </message>
    <message>
        <source>Touch why you look: it is recorded with your number, then looked up.</source>
        <translation>請觸按查閱原因：原因連同你的編號會先記錄在案，然後查閱。</translation>
    </message>
    <message>
        <source>The traveller asks</source>
        <translation>旅客查詢</translation>
    </message>
    <message>
        <source>Somebody objects</source>
        <translation>有人提出異議</translation>
    </message>
    <message>
        <source>A colleague asks</source>
        <translation>同事查詢</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>查閱中……</translation>
    </message>
    <message>
        <source>This lane knows no such crossing. The slip names the lane; records are erased after 31 days at most.</source>
        <translation>本通道沒有這個編號。紀錄單上寫有通道；紀錄最多31日後清除。</translation>
    </message>
    <message>
        <source>The hub has no such crossing of this station. What a lane has not sent yet is found at its own panel.</source>
        <translation>中心沒有本站這個編號。通道尚未送出的紀錄，可在該通道的面板查閱。</translation>
    </message>
    <message>
        <source>The journal can&apos;t be read just now: try again.</source>
        <translation>暫時無法讀取紀錄：請再試。</translation>
    </message>
    <message>
        <source>The hub can&apos;t be reached: look at the panel of the lane.</source>
        <translation>無法連接中心：請到該通道的面板查閱。</translation>
    </message>
    <message>
        <source>This desk has looked up too often: try again in an hour, or at the panel of the lane.</source>
        <translation>這個工作台查閱過於頻密：請一小時後再試，或到該通道的面板查閱。</translation>
    </message>
    <message>
        <source>{count} crossings have these digits: the time on the slip tells which is meant.</source>
        <translation>有{count}次過關用這個編號：按紀錄單上的時間分辨。</translation>
    </message>
    <message>
        <source>At {lane}</source>
        <translation>通道 {lane}</translation>
    </message>
    <message>
        <source>Signing out in {seconds} s: touch here to stay</source>
        <translation>{seconds}秒後自動登出：觸按此處可繼續</translation>
    </message>
    <message>
        <source>This sign-in ends in {minutes} min: touch here to sign out and in again</source>
        <translation>登入將於{minutes}分鐘後結束：觸按此處登出，再重新登入</translation>
    </message>
    <message>
        <source>Signed in: {officer}.</source>
        <translation>已登入：{officer}。</translation>
    </message>
</context>
<context>
    <name>Shift</name>
    <message>
        <source>Shift</source>
        <translation>更次</translation>
    </message>
    <message>
        <source>Shift report</source>
        <translation>更次報告</translation>
    </message>
    <message>
        <source>Report of a period</source>
        <translation>時段報告</translation>
    </message>
    <message>
        <source>Lane {lane}</source>
        <translation>通道 {lane}</translation>
    </message>
    <message>
        <source>No records</source>
        <translation>沒有記錄</translation>
    </message>
    <message>
        <source>Opened by {officer}</source>
        <translation>由 {officer} 開始</translation>
    </message>
    <message>
        <source>Closed by {officer}</source>
        <translation>由 {officer} 結束</translation>
    </message>
    <message>
        <source>Not closed</source>
        <translation>未結束</translation>
    </message>
    <message>
        <source>ready when it was opened</source>
        <translation>開始時已準備就緒</translation>
    </message>
    <message>
        <source>not ready when it was opened</source>
        <translation>開始時未準備就緒</translation>
    </message>
    <message>
        <source>No shift is open</source>
        <translation>目前沒有更次</translation>
    </message>
    <message>
        <source>DEMO: nothing here is real</source>
        <translation>示範：全非真實</translation>
    </message>
    <message>
        <source>PRACTICE: nothing here is real</source>
        <translation>練習：一切均非真實</translation>
    </message>
    <message>
        <source>This page names no traveller. Officers stand here by service number.</source>
        <translation>本頁不載旅客姓名，人員只列職員編號。</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>第 {page} 頁，共 {pages} 頁</translation>
    </message>
    <message>
        <source>Records {first} to {last}</source>
        <translation>記錄 {first} 至 {last}</translation>
    </message>
    <message>
        <source>Records erased before and not counted: {count}</source>
        <translation>{count} 項記錄已刪除，不計算在內</translation>
    </message>
    <message>
        <source>Crossings</source>
        <translation>過境人次</translation>
    </message>
    <message>
        <source>Crossings per minute</source>
        <translation>每分鐘過境人次</translation>
    </message>
    <message>
        <source>{mean} on average, {peak} at most</source>
        <translation>平均 {mean}，最多 {peak}</translation>
    </message>
    <message>
        <source>From code to verdict</source>
        <translation>由讀碼至結果</translation>
    </message>
    <message>
        <source>From code to passage</source>
        <translation>由讀碼至通過</translation>
    </message>
    <message>
        <source>{since} to {until} (Hong Kong time)</source>
        <translation>{since} 至 {until}（香港時間）</translation>
    </message>
    <message>
        <source>half in {half} ms, 95 % in {most} ms</source>
        <translation>半數在 {half} 毫秒內，95 % 在 {most} 毫秒內</translation>
    </message>
    <message>
        <source>half in {half} s, 95 % in {most} s</source>
        <translation>半數在 {half} 秒內，95 % 在 {most} 秒內</translation>
    </message>
    <message>
        <source>none</source>
        <translation>沒有</translation>
    </message>
    <message>
        <source>Times the gate opened</source>
        <translation>開閘次數</translation>
    </message>
    <message>
        <source>Times the gate was not ready</source>
        <translation>閘機未就緒次數</translation>
    </message>
    <message>
        <source>Released once by an officer</source>
        <translation>人員放行一次</translation>
    </message>
    <message>
        <source>Decided afterwards</source>
        <translation>事後決定</translation>
    </message>
    <message>
        <source>Crossings in every {minutes} min</source>
        <translation>每 {minutes} 分鐘過境人次</translation>
    </message>
    <message>
        <source>From code to verdict, in every {minutes} min</source>
        <translation>由讀碼到判定，每 {minutes} 分鐘</translation>
    </message>
    <message>
        <source>milliseconds, 95 % within</source>
        <translation>毫秒，95 % 在此之內</translation>
    </message>
    <message>
        <source>admitted</source>
        <translation>放行</translation>
    </message>
    <message>
        <source>referred</source>
        <translation>轉交</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>拒絕</translation>
    </message>
    <message>
        <source>Referred for</source>
        <translation>轉交原因</translation>
    </message>
    <message>
        <source>Refused for</source>
        <translation>拒絕原因</translation>
    </message>
    <message>
        <source>Officers&apos; decisions</source>
        <translation>人員的決定</translation>
    </message>
    <message>
        <source>Admitted: {reason}</source>
        <translation>放行：{reason}</translation>
    </message>
    <message>
        <source>Refused: {reason}</source>
        <translation>拒絕：{reason}</translation>
    </message>
    <message>
        <source>To the desk: {reason}</source>
        <translation>轉往櫃枱：{reason}</translation>
    </message>
    <message>
        <source>At the gate</source>
        <translation>閘口</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>已通過</translation>
    </message>
    <message>
        <source>nobody passed</source>
        <translation>無人通過</translation>
    </message>
    <message>
        <source>two passed</source>
        <translation>兩人通過</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>不明</translation>
    </message>
    <message>
        <source>Minutes the lane took nobody</source>
        <translation>通道停用分鐘</translation>
    </message>
    <message>
        <source>out of order</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>held by an officer</source>
        <translation>由人員暫停</translation>
    </message>
    <message>
        <source>closed by an officer</source>
        <translation>由人員關閉</translation>
    </message>
    <message>
        <source>an officer&apos;s alarm</source>
        <translation>人員發出的警報</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>已關機</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>Decisions by officer</source>
        <translation>各人員的決定</translation>
    </message>
    <message>
        <source>{admit} admitted ({percent} %), {refuse} refused, {desk} to the desk</source>
        <translation>放行 {admit}（{percent} %），拒絕 {refuse}，轉往櫃枱 {desk}</translation>
    </message>
    <message>
        <source>{officer} admitted {admitted} of {decided} ({percent} %); as the others do, about {expected}. Ask why.</source>
        <translation>{officer} 在 {decided} 次中放行 {admitted} 次（{percent} %）；按其他人約為 {expected} 次。請查問原因。</translation>
    </message>
    <message>
        <source>{officer} admitted only {admitted} of {decided} ({percent} %); as the others do, about {expected}. Ask why.</source>
        <translation>{officer} 在 {decided} 次中只放行 {admitted} 次（{percent} %）；按其他人約為 {expected} 次。請查問原因。</translation>
    </message>
    <message>
        <source>Open a shift</source>
        <translation>開始更次</translation>
    </message>
    <message>
        <source>Close the shift</source>
        <translation>結束更次</translation>
    </message>
    <message>
        <source>Export to the stick</source>
        <translation>匯出至 USB 手指</translation>
    </message>
    <message>
        <source>Export days …</source>
        <translation>匯出日期…</translation>
    </message>
    <message>
        <source>From</source>
        <translation>由</translation>
    </message>
    <message>
        <source>to</source>
        <translation>至</translation>
    </message>
    <message>
        <source>the day before</source>
        <translation>前一天</translation>
    </message>
    <message>
        <source>the day after</source>
        <translation>後一天</translation>
    </message>
    <message>
        <source>Export these days to the stick</source>
        <translation>將這些日子匯出至 USB 手指</translation>
    </message>
    <message>
        <source>No export</source>
        <translation>不匯出</translation>
    </message>
    <message>
        <source>Cancel the export</source>
        <translation>取消匯出</translation>
    </message>
    <message>
        <source>Back to the lane</source>
        <translation>返回通道</translation>
    </message>
    <message>
        <source>Counting the records …</source>
        <translation>正在計算記錄……</translation>
    </message>
    <message>
        <source>Writing the records: {done} of {total}</source>
        <translation>正在寫入記錄：{done} / {total}</translation>
    </message>
    <message>
        <source>Putting the table together. Leave the stick in.</source>
        <translation>正在製作表格，請勿拔出 USB 手指。</translation>
    </message>
    <message>
        <source>Reading everything back. Leave the stick in.</source>
        <translation>正在讀回核對，請勿拔出 USB 手指。</translation>
    </message>
    <message>
        <source>The export begins. Leave the stick in.</source>
        <translation>匯出開始，請勿拔出 USB 手指。</translation>
    </message>
    <message>
        <source>Saved as {folder}. You may remove the stick.</source>
        <translation>已儲存為 {folder}，可以拔出 USB 手指。</translation>
    </message>
    <message>
        <source>There is no stick: put one in and press again.</source>
        <translation>沒有 USB 手指：請插入後再按一次。</translation>
    </message>
    <message>
        <source>There is more than one stick: leave only one in.</source>
        <translation>有多於一隻 USB 手指：請只留一隻。</translation>
    </message>
    <message>
        <source>The stick is full: take one with more room.</source>
        <translation>USB 手指已滿：請換容量較大的。</translation>
    </message>
    <message>
        <source>The stick can&apos;t be written: slide its lock, or take another.</source>
        <translation>USB 手指不能寫入：請撥開防寫鎖，或換另一隻。</translation>
    </message>
    <message>
        <source>The stick is gone or fails: put it back, or take another, and press again.</source>
        <translation>USB 手指已拔出或失效：請插回或換另一隻，再按一次。</translation>
    </message>
    <message>
        <source>The stick takes no file so large: take one formatted as exFAT.</source>
        <translation>USB 手指不能存放這麼大的檔案：請用 exFAT 格式的。</translation>
    </message>
    <message>
        <source>The stick kept something else than was written: take another.</source>
        <translation>USB 手指的內容與寫入的不符：請換另一隻。</translation>
    </message>
    <message>
        <source>There are no records of these days: choose others.</source>
        <translation>這些日子沒有記錄：請選其他日子。</translation>
    </message>
    <message>
        <source>This is practice: its records are not exported.</source>
        <translation>這是練習：其記錄不會匯出。</translation>
    </message>
    <message>
        <source>Cancelled: nothing was saved.</source>
        <translation>已取消：沒有儲存任何資料。</translation>
    </message>
    <message>
        <source>The export failed, nothing was saved: call the operator.</source>
        <translation>匯出失敗，沒有儲存任何資料：請聯絡技術人員。</translation>
    </message>
    <message>
        <source>Only a supervisor opens and closes a shift.</source>
        <translation>只有主管可以開始和結束更次。</translation>
    </message>
    <message>
        <source>A shift is open already: close it first.</source>
        <translation>已有更次進行中：請先結束。</translation>
    </message>
    <message>
        <source>No shift is open.</source>
        <translation>目前沒有更次。</translation>
    </message>
</context>
<context>
    <name>Traveller</name>
    <message>
        <source>Show your health code</source>
        <translation>請出示健康碼</translation>
    </message>
    <message>
        <source>No phone? Staffed lane</source>
        <translation>沒有手機？請用人工通道</translation>
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
        <translation>請調亮手機螢幕</translation>
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
        <source>Too bright: turn away</source>
        <translation>太亮，請避開光線</translation>
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
        <source>Now show: international vaccination certificate</source>
        <translation>請出示：國際預防接種證書</translation>
    </message>
    <message>
        <source>Now show: light certificate</source>
        <translation>請出示：簡化證書</translation>
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
        <source>An officer will open it for you</source>
        <translation>職員會為你開閘</translation>
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
        <source>PRACTICE – not real</source>
        <translation>練習・並非真實</translation>
    </message>
    <message>
        <source>PRACTICE</source>
        <translation>練習</translation>
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
        <source>The gate is open: walk straight on</source>
        <translation>閘門已開，請向前行</translation>
    </message>
    <message>
        <source>The gate is open: walk to the left</source>
        <translation>閘門已開，請向左行</translation>
    </message>
    <message>
        <source>The gate is open: walk to the right</source>
        <translation>閘門已開，請向右行</translation>
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
        <source>Lane closed</source>
        <translation>通道關閉</translation>
    </message>
    <message>
        <source>Out of order</source>
        <translation>暫停服務</translation>
    </message>
    <message>
        <source>Please wait</source>
        <translation>請稍候</translation>
    </message>
    <message>
        <source>This lane will reopen shortly</source>
        <translation>本通道稍後恢復</translation>
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
    <message>
        <source>Larger letters and stronger contrast</source>
        <translation>放大字體及加強對比</translation>
    </message>
    <message>
        <source>Spoken guidance</source>
        <translation>語音指引</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>More time</source>
        <translation>延長時間</translation>
    </message>
    <message>
        <source>Health code check: your slip</source>
        <translation>健康碼查核：你的紀錄</translation>
    </message>
    <message>
        <source>Reference {digits}</source>
        <translation>編號 {digits}</translation>
    </message>
    <message>
        <source>{time} (Hong Kong time)</source>
        <translation>{time}（香港時間）</translation>
    </message>
    <message>
        <source>{station}, lane {lane}</source>
        <translation>{station}，通道 {lane}</translation>
    </message>
    <message>
        <source>An officer was asked to decide</source>
        <translation>已交由職員決定</translation>
    </message>
    <message>
        <source>The code was not accepted</source>
        <translation>此碼未獲接納</translation>
    </message>
    <message>
        <source>An officer let you pass</source>
        <translation>職員准許通行</translation>
    </message>
    <message>
        <source>An officer did not let you pass</source>
        <translation>職員未准許通行</translation>
    </message>
    <message>
        <source>You were sent to the desk</source>
        <translation>已請你前往櫃位</translation>
    </message>
    <message>
        <source>Reason: {words} ({code})</source>
        <translation>原因：{words}（{code}）</translation>
    </message>
    <message>
        <source>The officer can tell you why</source>
        <translation>職員可告訴你原因</translation>
    </message>
    <message>
        <source>You may object, with this reference:</source>
        <translation>如有異議，請提供此編號：</translation>
    </message>
    <message>
        <source>the officers at the desk of this station</source>
        <translation>本站櫃位職員</translation>
    </message>
    <message>
        <source>Call an officer</source>
        <translation>呼叫職員</translation>
    </message>
    <message>
        <source>Calling an officer</source>
        <translation>正在呼叫職員</translation>
    </message>
    <message>
        <source>Officer called</source>
        <translation>已通知職員</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>幫助</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Your slip</source>
        <translation>你的紀錄</translation>
    </message>
    <message>
        <source>What is kept about you</source>
        <translation>保存你的哪些資料</translation>
    </message>
    <message>
        <source>More ({at} of {of})</source>
        <translation>下一頁（{at}/{of}）</translation>
    </message>
    <message>
        <source>An officer will help you</source>
        <translation>職員會協助你</translation>
    </message>
    <message>
        <source>Use the staffed lane, or call an officer</source>
        <translation>請用人工通道，或呼叫職員</translation>
    </message>
    <message>
        <source>No phone or code</source>
        <translation>沒有手機或健康碼</translation>
    </message>
    <message>
        <source>With a wheelchair</source>
        <translation>使用輪椅</translation>
    </message>
    <message>
        <source>A group, one code</source>
        <translation>團體共用一個碼</translation>
    </message>
    <message>
        <source>Make a new code</source>
        <translation>重新申領</translation>
    </message>
    <message>
        <source>With children</source>
        <translation>攜同小孩</translation>
    </message>
    <message>
        <source>For your own record</source>
        <translation>供你自行記錄</translation>
    </message>
    <message>
        <source>What this kiosk keeps about you</source>
        <translation>本機保存你的哪些資料</translation>
    </message>
    <message>
        <source>Never kept: your name, document number, date of birth, picture, voice, or the code itself.</source>
        <translation>絕不保存：姓名、證件號碼、出生日期、影像、聲音，以及碼本身。</translation>
    </message>
    <message>
        <source>An officer who helps you sees a masked name while you stand here. It is not kept.</source>
        <translation>協助你的職員在你停留期間會看到遮蓋的姓名，不會保存。</translation>
    </message>
    <message>
        <source>{days} days</source>
        <translation>{days} 天</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 天</translation>
    </message>
    <message>
        <source>{least} to {most} days</source>
        <translation>{least} 至 {most} 天</translation>
    </message>
    <message>
        <source>Kept, then erased:</source>
        <translation>以下資料到期即刪除：</translation>
    </message>
    <message>
        <source>To read at home</source>
        <translation>在家閱讀</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在啟動</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>請稍候片刻</translation>
    </message>
    <message>
        <source>Touch for more time</source>
        <translation>觸碰螢幕可延長時間</translation>
    </message>
</context>
</TS>
