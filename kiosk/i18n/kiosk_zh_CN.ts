<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Officer</name>
    <message>
        <source>Ready for the next traveller</source>
        <translation>可接待下一位旅客</translation>
    </message>
    <message>
        <source>Waiting for one more code</source>
        <translation>等待再出示一个码</translation>
    </message>
    <message>
        <source>Admitted, asking the gate</source>
        <translation>已放行，正通知闸门</translation>
    </message>
    <message>
        <source>The traveller is passing</source>
        <translation>旅客正在通过</translation>
    </message>
    <message>
        <source>A traveller waits for your decision</source>
        <translation>旅客正等待您决定</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>Sent to the desk</source>
        <translation>已转往柜台</translation>
    </message>
    <message>
        <source>Admitted, but the gate stayed shut: open by hand</source>
        <translation>已放行但闸门未开：请手动开闸</translation>
    </message>
    <message>
        <source>Lane held</source>
        <translation>通道已暂停</translation>
    </message>
    <message>
        <source>Out of order</source>
        <translation>暂停服务</translation>
    </message>
    <message>
        <source>ADMIT</source>
        <translation>放行</translation>
    </message>
    <message>
        <source>REFER</source>
        <translation>转交人员</translation>
    </message>
    <message>
        <source>REFUSE</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Health code</source>
        <translation>健康码</translation>
    </message>
    <message>
        <source>Customs declaration</source>
        <translation>海关健康申报</translation>
    </message>
    <message>
        <source>Itinerary card</source>
        <translation>行程卡</translation>
    </message>
    <message>
        <source>Vaccination certificate</source>
        <translation>疫苗接种证明</translation>
    </message>
    <message>
        <source>Test certificate</source>
        <translation>检测证明</translation>
    </message>
    <message>
        <source>Recovery certificate</source>
        <translation>康复证明</translation>
    </message>
    <message>
        <source>Exemption</source>
        <translation>豁免证明</translation>
    </message>
    <message>
        <source>International vaccination certificate</source>
        <translation>国际预防接种证书</translation>
    </message>
    <message>
        <source>Light certificate</source>
        <translation>简化证书</translation>
    </message>
    <message>
        <source>green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <source>red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>to the mainland</source>
        <translation>前往内地</translation>
    </message>
    <message>
        <source>to Hong Kong</source>
        <translation>前往香港</translation>
    </message>
    <message>
        <source>to Macao</source>
        <translation>前往澳门</translation>
    </message>
    <message>
        <source>any direction</source>
        <translation>任何方向</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>已通过</translation>
    </message>
    <message>
        <source>nobody passed</source>
        <translation>无人通过</translation>
    </message>
    <message>
        <source>two passed</source>
        <translation>两人通过</translation>
    </message>
    <message>
        <source>passage unknown</source>
        <translation>不知是否通过</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>being tried</source>
        <translation>正在尝试</translation>
    </message>
    <message>
        <source>answers badly</source>
        <translation>响应异常</translation>
    </message>
    <message>
        <source>no connection</source>
        <translation>未能连接</translation>
    </message>
    <message>
        <source>Trust list</source>
        <translation>信任名单</translation>
    </message>
    <message>
        <source>From the station</source>
        <translation>站方通知</translation>
    </message>
    <message>
        <source>Lane closed: travellers are sent to another one</source>
        <translation>通道已关闭：旅客改走其他通道</translation>
    </message>
    <message>
        <source>Alarm: send everybody out</source>
        <translation>警报：请所有人离开</translation>
    </message>
    <message>
        <source>Revocation list</source>
        <translation>撤销名单</translation>
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
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Send to the desk</source>
        <translation>转往柜台</translation>
    </message>
    <message>
        <source>Release the gate once</source>
        <translation>开闸一次</translation>
    </message>
    <message>
        <source>Admit: for what reason?</source>
        <translation>放行：原因是什么？</translation>
    </message>
    <message>
        <source>Refuse: for what reason?</source>
        <translation>拒绝：原因是什么？</translation>
    </message>
    <message>
        <source>To the desk: for what reason?</source>
        <translation>转往柜台：原因是什么？</translation>
    </message>
    <message>
        <source>Release once: for what reason?</source>
        <translation>开闸一次：原因是什么？</translation>
    </message>
    <message>
        <source>Admit now</source>
        <translation>立即放行</translation>
    </message>
    <message>
        <source>Refuse now</source>
        <translation>立即拒绝</translation>
    </message>
    <message>
        <source>Send to the desk now</source>
        <translation>立即转往柜台</translation>
    </message>
    <message>
        <source>Release now</source>
        <translation>立即开闸</translation>
    </message>
    <message>
        <source>Close the lane</source>
        <translation>关闭通道</translation>
    </message>
    <message>
        <source>Turn the lane: {to}</source>
        <translation>通道转向：{to}</translation>
    </message>
    <message>
        <source>Mute the sound</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Let it sound again</source>
        <translation>恢复声音</translation>
    </message>
    <message>
        <source>Alarm: everybody leaves</source>
        <translation>警报：所有人离开</translation>
    </message>
    <message>
        <source>End the alarm</source>
        <translation>解除警报</translation>
    </message>
    <message>
        <source>Touch again to raise the alarm</source>
        <translation>再按一次即发出警报</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>muted by an officer</source>
        <translation>人员已静音</translation>
    </message>
    <message>
        <source>Direction: {to}.</source>
        <translation>方向：{to}。</translation>
    </message>
    <message>
        <source>Turned by an officer. Direction now: {to}.</source>
        <translation>工作人员已将通道转向，现在方向：{to}。</translation>
    </message>
    <message>
        <source>{count} not at the hub yet, the oldest for {minutes} min</source>
        <translation>{count} 项未送达中心，最旧的已等候 {minutes} 分钟</translation>
    </message>
    <message>
        <source>officer admitted</source>
        <translation>工作人员已放行</translation>
    </message>
    <message>
        <source>officer refused</source>
        <translation>工作人员已拒绝</translation>
    </message>
    <message>
        <source>officer sent to the desk</source>
        <translation>工作人员已转往柜台</translation>
    </message>
    <message>
        <source>One officer has admitted; another one has to as well.</source>
        <translation>一名人员已准许通行；须由另一名人员同样准许。</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>已完成。</translation>
    </message>
    <message>
        <source>The crossing is already over; the gate stays shut.</source>
        <translation>此次通关已结束；闸门保持关闭。</translation>
    </message>
    <message>
        <source>A specimen code never opens a gate.</source>
        <translation>样本码不会开启闸门。</translation>
    </message>
    <message>
        <source>The gate is not ready; open it by hand.</source>
        <translation>闸门未准备好；请手动开闸。</translation>
    </message>
    <message>
        <source>Too late to take it back: the gate may have moved.</source>
        <translation>太迟，不能撤回：闸门可能已动作。</translation>
    </message>
    <message>
        <source>Entered: read what the policy says of it, then decide.</source>
        <translation>已录入：请参阅按政策的结果，然后决定。</translation>
    </message>
    <message>
        <source>Taken back: the traveller waits for your decision again.</source>
        <translation>已撤回：旅客再次等候您的决定。</translation>
    </message>
    <message>
        <source>Not possible just now.</source>
        <translation>目前无法执行。</translation>
    </message>
    <message>
        <source>Somebody is in the lane: turn it when they are through.</source>
        <translation>通道内有人：待其通过后再转向。</translation>
    </message>
    <message>
        <source>Wrong tries cannot be saved. Sign-in works; tell the technician.</source>
        <translation>无法保存错误次数。仍可登录；请通知技术员。</translation>
    </message>
    <message>
        <source>Saved wrong tries were damaged. Everybody waits 15 seconds once; tell the technician.</source>
        <translation>错误次数记录已损坏。每人须等待一次15秒；请通知技术员。</translation>
    </message>
    <message>
        <source>Lost contact with the lane</source>
        <translation>与通道失去联系</translation>
    </message>
    <message>
        <source>Last heard of {seconds} s ago. Look at the lane yourself.</source>
        <translation>{seconds}秒前最后一次收到消息。请亲自查看通道。</translation>
    </message>
    <message>
        <source>The lane has not reported yet.</source>
        <translation>通道尚未回报。</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>闸门</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>all at the hub</source>
        <translation>已全部送达中心</translation>
    </message>
    <message>
        <source>{count} not at the hub yet</source>
        <translation>{count} 项未送达中心</translation>
    </message>
    <message>
        <source>none: every code is referred</source>
        <translation>没有：所有码均转交人员</translation>
    </message>
    <message>
        <source>not signed: whoever can write the file decides who passes</source>
        <translation>未签名：能改写此文件者即可决定放行</translation>
    </message>
    <message>
        <source>{age} min old</source>
        <translation>{age}分钟前</translation>
    </message>
    <message>
        <source>{age} h old</source>
        <translation>{age}小时前</translation>
    </message>
    <message>
        <source>{age} days old</source>
        <translation>{age}天前</translation>
    </message>
    <message>
        <source>{age}, ageing</source>
        <translation>{age}，渐旧</translation>
    </message>
    <message>
        <source>{age}, too old: codes are referred</source>
        <translation>{age}，过旧：须转交人员</translation>
    </message>
    <message>
        <source>Lane health</source>
        <translation>通道状况</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>The lane is ready for a shift</source>
        <translation>通道已就绪，可以开始班次</translation>
    </message>
    <message>
        <source>The lane is not ready for a shift: do this first</source>
        <translation>通道未就绪，开始班次前请先处理</translation>
    </message>
    <message>
        <source>Last crossings (Hong Kong time)</source>
        <translation>最近通关（香港时间）</translation>
    </message>
    <message>
        <source>To the desk by itself in {seconds} s</source>
        <translation>{seconds}秒后自动转往柜台</translation>
    </message>
    <message>
        <source>Hold the lane</source>
        <translation>暂停通道</translation>
    </message>
    <message>
        <source>Let the lane go on</source>
        <translation>恢复通道</translation>
    </message>
    <message>
        <source>Our verdict</source>
        <translation>我们的判定</translation>
    </message>
    <message>
        <source>Reference {crossing}</source>
        <translation>参考编号 {crossing}</translation>
    </message>
    <message>
        <source>More time</source>
        <translation>延长时间</translation>
    </message>
    <message>
        <source>Do: {next}</source>
        <translation>处理：{next}</translation>
    </message>
    <message>
        <source>Not shown to the traveller. Speak about it in private.</source>
        <translation>旅客不会看到。请私下说明。</translation>
    </message>
    <message>
        <source>Nothing in this code could be proven. Trust none of it.</source>
        <translation>此码内容全部无法证实。切勿采信。</translation>
    </message>
    <message>
        <source>No health code was shown: go by the documents.</source>
        <translation>没有出示健康码：请查看证件。</translation>
    </message>
    <message>
        <source>The signature proves nothing here: read it as a claim, not a fact.</source>
        <translation>签名无法证明内容：只是声称，并非事实。</translation>
    </message>
    <message>
        <source>Issuer&apos;s colour: {colour}</source>
        <translation>发码方的颜色：{colour}</translation>
    </message>
    <message>
        <source>It claims to be {what}; nothing of that was verified.</source>
        <translation>此码自称为{what}；内容均未核实。</translation>
    </message>
    <message>
        <source>a Hong Kong vaccination record</source>
        <translation>香港疫苗接种记录</translation>
    </message>
    <message>
        <source>a link to an online health code</source>
        <translation>网上健康码链接</translation>
    </message>
    <message>
        <source>a certificate of a newer kind</source>
        <translation>较新类型的证书</translation>
    </message>
    <message>
        <source>SPECIMEN</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation>发码方</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>发出</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效至</translation>
    </message>
    <message>
        <source>Valid for</source>
        <translation>适用于</translation>
    </message>
    <message>
        <source>one crossing, {direction}</source>
        <translation>一次通关，{direction}</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>dose {dose} of {of}</source>
        <translation>第{dose}剂，共{of}剂</translation>
    </message>
    <message>
        <source>negative</source>
        <translation>阴性</translation>
    </message>
    <message>
        <source>positive</source>
        <translation>阳性</translation>
    </message>
    <message>
        <source>not in this code</source>
        <translation>此码未载</translation>
    </message>
    <message>
        <source>Nothing to decide</source>
        <translation>没有待决定事项</translation>
    </message>
    <message>
        <source>To admit takes two officers: you, and another one after you.</source>
        <translation>准许通行须由两名人员决定：你，以及之后另一名人员。</translation>
    </message>
    <message>
        <source>{officer} has admitted. The gate opens when another officer does.</source>
        <translation>{officer} 已准许通行。另一名人员也准许后，闸门才会开启。</translation>
    </message>
    <message>
        <source>Still missing: {kinds}</source>
        <translation>尚缺：{kinds}</translation>
    </message>
    <message>
        <source>Rule {rule}</source>
        <translation>规则 {rule}</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Service number</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>PIN (six digits)</source>
        <translation>密码（六位数字）</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation>核对中……</translation>
    </message>
    <message>
        <source>Number or PIN is wrong.</source>
        <translation>工号或密码错误。</translation>
    </message>
    <message>
        <source>Number or PIN is wrong. {left} more before you have to wait.</source>
        <translation>工号或密码错误。再错{left}次就须等待。</translation>
    </message>
    <message>
        <source>Too many wrong tries. Try again in {seconds} s.</source>
        <translation>错误次数过多。请在{seconds}秒后再试。</translation>
    </message>
    <message>
        <source>This PIN is locked. A supervisor gives you a new one.</source>
        <translation>此密码已锁定。请向主管取得新密码。</translation>
    </message>
    <message>
        <source>Your entry in the roster has ended. Ask your supervisor.</source>
        <translation>您在名册中的资格已到期。请向主管查询。</translation>
    </message>
    <message>
        <source>This lane has no roster; nobody can sign in. Tell the technician.</source>
        <translation>此通道没有名册，无人可以登录。请通知技术员。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Back to the traveller&apos;s screen</source>
        <translation>返回旅客画面</translation>
    </message>
    <message>
        <source>DEMO: nothing here is real</source>
        <translation>演示：一切均非真实</translation>
    </message>
    <message>
        <source>PRACTICE: nothing here is real</source>
        <translation>练习：一切均非真实</translation>
    </message>
    <message>
        <source>Station desk</source>
        <translation>口岸工作台</translation>
    </message>
    <message>
        <source>Connected to the hub</source>
        <translation>已连接中心</translation>
    </message>
    <message>
        <source>The hub can&apos;t be reached: use each lane&apos;s own panel</source>
        <translation>无法连接中心：请使用各通道的面板</translation>
    </message>
    <message>
        <source>Connecting to the hub …</source>
        <translation>正在连接中心……</translation>
    </message>
    <message>
        <source>Nothing heard for {seconds} s. What the lanes do now is not known here.</source>
        <translation>已 {seconds} 秒没有消息。这里不知道各通道现在的情况。</translation>
    </message>
    <message>
        <source>Lanes</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>No lane of this station is enrolled at the hub.</source>
        <translation>中心没有登记本口岸的通道。</translation>
    </message>
    <message>
        <source>Travellers who wait</source>
        <translation>等候的旅客</translation>
    </message>
    <message>
        <source>Nobody waits</source>
        <translation>没有人等候</translation>
    </message>
    <message>
        <source>waits, {seconds} s left</source>
        <translation>等候中，还剩 {seconds} 秒</translation>
    </message>
    <message>
        <source>{officer} at {desk} has this one</source>
        <translation>{officer} 在 {desk} 处理中</translation>
    </message>
    <message>
        <source>You have this one, {seconds} s left</source>
        <translation>由你处理，还剩 {seconds} 秒</translation>
    </message>
    <message>
        <source>Decided, on its way to the lane</source>
        <translation>已决定，正送往通道</translation>
    </message>
    <message>
        <source>Admitted by {officer}</source>
        <translation>{officer} 准许通行</translation>
    </message>
    <message>
        <source>Refused by {officer}</source>
        <translation>{officer} 拒绝通行</translation>
    </message>
    <message>
        <source>Sent to the desk by {officer}</source>
        <translation>{officer} 转往柜台</translation>
    </message>
    <message>
        <source>The traveller needs no officer any more</source>
        <translation>旅客已不需要工作人员</translation>
    </message>
    <message>
        <source>Time ran out: sent to the desk</source>
        <translation>时间已过：转往柜台</translation>
    </message>
    <message>
        <source>The lane ended it</source>
        <translation>通道已结束处理</translation>
    </message>
    <message>
        <source>No sound at this desk: look here for who waits, and check the loudspeaker.</source>
        <translation>此工作台没有声音：请留意此处的等候旅客，并检查扬声器。</translation>
    </message>
    <message>
        <source>Take this traveller</source>
        <translation>处理这位旅客</translation>
    </message>
    <message>
        <source>Somebody waits: take one at the left, by touch or by digit</source>
        <translation>有旅客等候：请在左方触按，或按数字键处理</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>放回</translation>
    </message>
    <message>
        <source>Your roster entry has no signing key: decide at the lane&apos;s own panel and ask for a new PIN.</source>
        <translation>你的名册记录没有签名密钥：请在通道面板作决定，并申请新密码。</translation>
    </message>
    <message>
        <source>The evidence can&apos;t be read here: go to the lane.</source>
        <translation>这里读不到凭证内容：请前往通道。</translation>
    </message>
    <message>
        <source>This lane has not reported yet.</source>
        <translation>此通道尚未报告。</translation>
    </message>
    <message>
        <source>Faults: {codes}</source>
        <translation>故障：{codes}</translation>
    </message>
    <message>
        <source>In a state that this desk does not know</source>
        <translation>处于本工作台不认识的状态</translation>
    </message>
    <message>
        <source>Order …</source>
        <translation>指令……</translation>
    </message>
    <message>
        <source>The gate is released, and an alarm is ended, only at the lane&apos;s own panel.</source>
        <translation>放行一次和解除警报，只能在通道的面板上操作。</translation>
    </message>
    <message>
        <source>Nothing can be ordered of this lane from here just now: go to its own panel.</source>
        <translation>现在不能在此指挥这条通道：请到通道的面板操作。</translation>
    </message>
    <message>
        <source>For a person who stands at this lane without a code. The lane then waits for your decision.</source>
        <translation>供站在此通道而没有码的人士使用。录入后，通道会等候您决定。</translation>
    </message>
    <message>
        <source>Entered at the lane. Read what the policy says of it, then decide.</source>
        <translation>已在通道录入。请参阅按政策的结果，然后决定。</translation>
    </message>
    <message>
        <source>The lane has done as ordered.</source>
        <translation>通道已执行指令。</translation>
    </message>
    <message>
        <source>Not done: somebody is in the lane. Order it again when nobody is.</source>
        <translation>未执行：通道内有人。请待无人时再发出指令。</translation>
    </message>
    <message>
        <source>The lane did not accept the order: order it at the lane&apos;s own panel.</source>
        <translation>通道不接受指令：请在通道的面板上操作。</translation>
    </message>
    <message>
        <source>The lane has not answered: go and see how it is.</source>
        <translation>通道没有回应：请前往查看。</translation>
    </message>
    <message>
        <source>Another officer has taken this traveller.</source>
        <translation>另一名人员正处理这位旅客。</translation>
    </message>
    <message>
        <source>Another officer has already decided.</source>
        <translation>另一名人员已作决定。</translation>
    </message>
    <message>
        <source>The lane has finished with this traveller; the gate stays shut.</source>
        <translation>通道已完成处理这位旅客；闸门保持关闭。</translation>
    </message>
    <message>
        <source>Take the traveller first.</source>
        <translation>请先选择处理这位旅客。</translation>
    </message>
    <message>
        <source>This traveller does not wait any more.</source>
        <translation>这位旅客已不再等候。</translation>
    </message>
    <message>
        <source>This computer is not enrolled as a desk of the station. Tell the technician.</source>
        <translation>这台电脑未登记为本口岸的工作台。请通知技术员。</translation>
    </message>
    <message>
        <source>Nothing was sent: the hub can&apos;t be reached. Decide at the lane&apos;s own panel.</source>
        <translation>没有送出：无法连接中心。请在通道面板作决定。</translation>
    </message>
    <message>
        <source>Sent to the lane.</source>
        <translation>已送往通道。</translation>
    </message>
    <message>
        <source>The lane did not accept the decision. Decide at the lane&apos;s own panel and tell the technician.</source>
        <translation>通道不接受此决定。请在通道面板作决定，并通知技术员。</translation>
    </message>
    <message>
        <source>Take back “{what}” ({seconds} s)</source>
        <translation>撤回“{what}”（{seconds} 秒）</translation>
    </message>
    <message>
        <source>How sure</source>
        <translation>可靠程度</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>核对</translation>
    </message>
    <message>
        <source>Genuine: {checks}</source>
        <translation>属实：{checks}</translation>
    </message>
    <message>
        <source>Not proven: {checks}</source>
        <translation>未能证实：{checks}</translation>
    </message>
    <message>
        <source>Not proven: entered by an officer, no signature</source>
        <translation>未能证实：由工作人员录入，没有签名</translation>
    </message>
    <message>
        <source>signature right</source>
        <translation>签名正确</translation>
    </message>
    <message>
        <source>signature wrong</source>
        <translation>签名不符</translation>
    </message>
    <message>
        <source>signer not known here</source>
        <translation>此处不认识签发者</translation>
    </message>
    <message>
        <source>signature not checked</source>
        <translation>未核对签名</translation>
    </message>
    <message>
        <source>in date</source>
        <translation>在有效期内</translation>
    </message>
    <message>
        <source>out of date</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>not valid yet</source>
        <translation>尚未生效</translation>
    </message>
    <message>
        <source>dates not known</source>
        <translation>日期不详</translation>
    </message>
    <message>
        <source>not revoked</source>
        <translation>未被吊销</translation>
    </message>
    <message>
        <source>revoked</source>
        <translation>已被吊销</translation>
    </message>
    <message>
        <source>revocation not checked, no list</source>
        <translation>未核对吊销：没有名单</translation>
    </message>
    <message>
        <source>revocation not checked, list too old</source>
        <translation>未核对吊销：名单过时</translation>
    </message>
    <message>
        <source>Is the name that of the travel document?</source>
        <translation>姓名与旅行证件是否相同？</translation>
    </message>
    <message>
        <source>It names nobody: ask whose it is, look at the travel document.</source>
        <translation>码上没有姓名：请问属谁，并查看旅行证件。</translation>
    </message>
    <message>
        <source>Look at the paper again: name, days, seal.</source>
        <translation>再看一次文件：姓名、日期、印章。</translation>
    </message>
    <message>
        <source>A specimen proves nothing: ask for the real one.</source>
        <translation>样本不能证明任何事：请旅客出示真码。</translation>
    </message>
    <message>
        <source>Card of {officer} read. Now the PIN.</source>
        <translation>已读取 {officer} 的卡，请输入密码。</translation>
    </message>
    <message>
        <source>The card reader does not work: type the number. Tell the technician.</source>
        <translation>读卡器故障：请输入编号，并告知技术员。</translation>
    </message>
    <message>
        <source>Note: stays here, no names</source>
        <translation>备注：只留本站，不写姓名</translation>
    </message>
    <message>
        <source>Enter a paper document</source>
        <translation>录入纸质文件</translation>
    </message>
    <message>
        <source>Paper document</source>
        <translation>录入纸质文件</translation>
    </message>
    <message>
        <source>{place} of {of}: {question}</source>
        <translation>第 {place} 步，共 {of} 步：{question}</translation>
    </message>
    <message>
        <source>What kind of document is it?</source>
        <translation>这是什么文件？</translation>
    </message>
    <message>
        <source>Who issued it?</source>
        <translation>由谁签发？</translation>
    </message>
    <message>
        <source>Which colour does it show?</source>
        <translation>显示什么颜色？</translation>
    </message>
    <message>
        <source>What is the result?</source>
        <translation>结果是什么？</translation>
    </message>
    <message>
        <source>On which day was it issued?</source>
        <translation>签发日期？</translation>
    </message>
    <message>
        <source>Until which day is it valid?</source>
        <translation>有效期至哪一天？</translation>
    </message>
    <message>
        <source>What have you seen? Choose all that is true.</source>
        <translation>您看到什么？请选所有属实的项目。</translation>
    </message>
    <message>
        <source>On which day was the sample taken?</source>
        <translation>采样日期？</translation>
    </message>
    <message>
        <source>On which day was the last dose given?</source>
        <translation>最后一剂接种日期？</translation>
    </message>
    <message>
        <source>Year, month, day</source>
        <translation>年、月、日</translation>
    </message>
    <message>
        <source>That is no day this can be: type it as 2026-11-23.</source>
        <translation>日期不可能：请按 2026-11-23 的格式输入。</translation>
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
        <translation>没有注明期限</translation>
    </message>
    <message>
        <source>The original, no copy</source>
        <translation>正本，不是副本</translation>
    </message>
    <message>
        <source>Name as in the travel document</source>
        <translation>姓名与旅行证件相同</translation>
    </message>
    <message>
        <source>Stamp or seal looks right</source>
        <translation>印章看来正确</translation>
    </message>
    <message>
        <source>The issuer confirmed it</source>
        <translation>签发机构已确认</translation>
    </message>
    <message>
        <source>Show what the policy says</source>
        <translation>显示按政策的结果</translation>
    </message>
    <message>
        <source>The policy in use asks for no document that can be entered.</source>
        <translation>现行政策没有可供录入的文件。</translation>
    </message>
    <message>
        <source>If the document is genuine, the policy would admit. You decide.</source>
        <translation>如文件属实，按政策可放行。由您决定。</translation>
    </message>
    <message>
        <source>Even if the document is genuine, the policy would not admit: {reasons}.</source>
        <translation>即使文件属实，按政策也不可放行：{reasons}。</translation>
    </message>
    <message>
        <source>Even if the document is genuine, the policy would also ask for: {kinds}.</source>
        <translation>即使文件属实，按政策仍需要：{kinds}。</translation>
    </message>
    <message>
        <source>Codes to practise with</source>
        <translation>练习用的码</translation>
    </message>
    <message>
        <source>Made {time}, good that day. Only a lane in practice admits them.</source>
        <translation>于 {time} 制作，当天有效。只有练习中的通道会放行。</translation>
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
        <translation>不是健康码：不会开始通关，通道继续寻找。</translation>
    </message>
    <message>
        <source>Keyboard on the screen</source>
        <translation>屏幕键盘</translation>
    </message>
    <message>
        <source>Capitals</source>
        <translation>大写</translation>
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
        <translation>数字及符号</translation>
    </message>
    <message>
        <source>Letters with accents</source>
        <translation>带重音的字母</translation>
    </message>
    <message>
        <source>Sentences</source>
        <translation>语句</translation>
    </message>
    <message>
        <source>Compared with the travel document.</source>
        <translation>已与旅行证件核对。</translation>
    </message>
    <message>
        <source>The original was shown on paper.</source>
        <translation>已出示纸质原件。</translation>
    </message>
    <message>
        <source>The phone&apos;s screen could not be read.</source>
        <translation>手机屏幕无法读取。</translation>
    </message>
    <message>
        <source>Travels with children.</source>
        <translation>携带儿童。</translation>
    </message>
    <message>
        <source>The holder objects.</source>
        <translation>持证人提出异议。</translation>
    </message>
    <message>
        <source>The desk was told.</source>
        <translation>已通知柜台。</translation>
    </message>
    <message>
        <source>Nobody has crossed here yet, today or yesterday.</source>
        <translation>今日及昨日尚无人在此通关。</translation>
    </message>
    <message>
        <source>Reading the records …</source>
        <translation>正在读取记录 …</translation>
    </message>
    <message>
        <source>Crossings of today and yesterday (Hong Kong time): touch one to read it</source>
        <translation>今日及昨日的通关记录（香港时间）：触按一项即可查看</translation>
    </message>
    <message>
        <source>Which crossings</source>
        <translation>显示哪些通关记录</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Referred</source>
        <translation>转交人员</translation>
    </message>
    <message>
        <source>Decided afterwards</source>
        <translation>事后决定</translation>
    </message>
    <message>
        <source>Waiting for a second officer</source>
        <translation>待第二名人员决定</translation>
    </message>
    <message>
        <source>None of these, today or yesterday.</source>
        <translation>今日及昨日没有这类通关记录。</translation>
    </message>
    <message>
        <source>The records can&apos;t be read just now. It is tried again by itself.</source>
        <translation>暂时无法读取记录，系统会自动再试。</translation>
    </message>
    <message>
        <source>{what}, afterwards</source>
        <translation>{what}（事后）</translation>
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
        <translation>拒绝</translation>
    </message>
    <message>
        <source>sent to the desk</source>
        <translation>转往柜台</translation>
    </message>
    <message>
        <source>admitted as the first of two</source>
        <translation>放行（两人中第一人）</translation>
    </message>
    <message>
        <source>took it back</source>
        <translation>收回决定</translation>
    </message>
    <message>
        <source>wrote a note</source>
        <translation>写了备注</translation>
    </message>
    <message>
        <source>went through</source>
        <translation>已通过闸门</translation>
    </message>
    <message>
        <source>the gate opened, nobody went through</source>
        <translation>闸门已开，无人通过</translation>
    </message>
    <message>
        <source>somebody followed close behind</source>
        <translation>有人紧随通过</translation>
    </message>
    <message>
        <source>the gate did not say who went through</source>
        <translation>闸门没有回报谁人通过</translation>
    </message>
    <message>
        <source>refused, the gate stayed shut</source>
        <translation>已拒绝，闸门未开</translation>
    </message>
    <message>
        <source>the gate did not open</source>
        <translation>闸门没有打开</translation>
    </message>
    <message>
        <source>went to the desk</source>
        <translation>前往柜台</translation>
    </message>
    <message>
        <source>nobody decided in time: to the desk</source>
        <translation>逾时未决：前往柜台</translation>
    </message>
    <message>
        <source>left</source>
        <translation>已离开</translation>
    </message>
    <message>
        <source>broken off: the kiosk was stopped</source>
        <translation>中断：本机被停止</translation>
    </message>
    <message>
        <source>broken off: the kiosk failed</source>
        <translation>中断：本机故障</translation>
    </message>
    <message>
        <source>This crossing goes on: decide it where it waits.</source>
        <translation>此通关仍在进行：请在等候处决定。</translation>
    </message>
    <message>
        <source>This crossing is over: a decision is added to the records. The first verdict stays; no gate opens.</source>
        <translation>此通关已结束：决定会加入记录。原判定不变；闸门不会打开。</translation>
    </message>
    <message>
        <source>{officer} has admitted. It counts once another officer does.</source>
        <translation>{officer} 已放行，须另一名人员也放行才算数。</translation>
    </message>
    <message>
        <source>verdict {verdict}</source>
        <translation>判定：{verdict}</translation>
    </message>
    <message>
        <source>Record: admit</source>
        <translation>记录：放行</translation>
    </message>
    <message>
        <source>Record: refuse</source>
        <translation>记录：拒绝</translation>
    </message>
    <message>
        <source>Record: to the desk</source>
        <translation>记录：转往柜台</translation>
    </message>
    <message>
        <source>Being recorded …</source>
        <translation>正在记录 …</translation>
    </message>
    <message>
        <source>Taken back. Both records stay.</source>
        <translation>已收回，两项记录均会保留。</translation>
    </message>
    <message>
        <source>Recorded.</source>
        <translation>已记录。</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>返回清单</translation>
    </message>
    <message>
        <source>Slip for the traveller</source>
        <translation>旅客记录单</translation>
    </message>
    <message>
        <source>Let the traveller photograph the code, in the language you choose here.</source>
        <translation>请旅客拍下此码；在此选择语言。</translation>
    </message>
    <message>
        <source>Print the slip</source>
        <translation>打印记录单</translation>
    </message>
    <message>
        <source>Print it once more</source>
        <translation>再打印一次</translation>
    </message>
    <message>
        <source>Printing …</source>
        <translation>正在打印……</translation>
    </message>
    <message>
        <source>The slip as a code to be photographed</source>
        <translation>供拍照的记录单码</translation>
    </message>
    <message>
        <source>The slip is printed.</source>
        <translation>记录单已打印。</translation>
    </message>
    <message>
        <source>The slip was sent; this printer does not say whether it is printed: look.</source>
        <translation>记录单已发送；此打印机不会反馈结果，请查看。</translation>
    </message>
    <message>
        <source>The slip is not printed, or not whole: look at the printer.</source>
        <translation>记录单未打印或不完整：请检查打印机。</translation>
    </message>
    <message>
        <source>Not heard of any more: {lanes}</source>
        <translation>失去联系：{lanes}</translation>
    </message>
    <message>
        <source>Go there. If it works, decide at its own panel and have its network looked at. If not, use another lane and call the operator.</source>
        <translation>请前往查看。若通道仍在运行，请在其人员面板上处理，并请人检查网络；否则请改用其他通道，并联系技术人员。</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Find a reference</source>
        <translation>按参考编号查阅</translation>
    </message>
    <message>
        <source>Nine digits, from a slip, a screen or the telephone</source>
        <translation>九位数字，见于记录单、屏幕或由电话告知</translation>
    </message>
    <message>
        <source>A digit is wrong or missing: ask for all nine again.</source>
        <translation>有数字不对或缺漏：请再问一次全部九位。</translation>
    </message>
    <message>
        <source>Touch why you look: it is recorded with your number, then looked up.</source>
        <translation>请触按查阅原因：原因连同您的工号会先记录在案，然后查阅。</translation>
    </message>
    <message>
        <source>The traveller asks</source>
        <translation>旅客查询</translation>
    </message>
    <message>
        <source>Somebody objects</source>
        <translation>有人提出异议</translation>
    </message>
    <message>
        <source>A colleague asks</source>
        <translation>同事查询</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>查阅中……</translation>
    </message>
    <message>
        <source>This lane knows no such crossing. The slip names the lane; records are erased after 31 days at most.</source>
        <translation>本通道没有这个编号。记录单上写有通道；记录最多31日后清除。</translation>
    </message>
    <message>
        <source>The hub has no such crossing of this station. What a lane has not sent yet is found at its own panel.</source>
        <translation>中心没有本站这个编号。通道尚未送出的记录，可在该通道的面板查阅。</translation>
    </message>
    <message>
        <source>The journal can&apos;t be read just now: try again.</source>
        <translation>暂时无法读取记录：请再试。</translation>
    </message>
    <message>
        <source>The hub can&apos;t be reached: look at the panel of the lane.</source>
        <translation>无法连接中心：请到该通道的面板查阅。</translation>
    </message>
    <message>
        <source>This desk has looked up too often: try again in an hour, or at the panel of the lane.</source>
        <translation>这个工作台查阅过于频繁：请一小时后再试，或到该通道的面板查阅。</translation>
    </message>
    <message>
        <source>{count} crossings have these digits: the time on the slip tells which is meant.</source>
        <translation>有{count}次通关用这个编号：按记录单上的时间分辨。</translation>
    </message>
    <message>
        <source>At {lane}</source>
        <translation>通道 {lane}</translation>
    </message>
    <message>
        <source>Signing out in {seconds} s: touch here to stay</source>
        <translation>{seconds}秒后自动退出：触按此处可继续</translation>
    </message>
    <message>
        <source>This sign-in ends in {minutes} min: touch here to sign out and in again</source>
        <translation>登录将于{minutes}分钟后结束：触按此处退出，再重新登录</translation>
    </message>
    <message>
        <source>Signed in: {officer}.</source>
        <translation>已登录：{officer}。</translation>
    </message>
</context>
<context>
    <name>Shift</name>
    <message>
        <source>Shift</source>
        <translation>班次</translation>
    </message>
    <message>
        <source>Shift report</source>
        <translation>班次报告</translation>
    </message>
    <message>
        <source>Report of a period</source>
        <translation>时段报告</translation>
    </message>
    <message>
        <source>Lane {lane}</source>
        <translation>通道 {lane}</translation>
    </message>
    <message>
        <source>No records</source>
        <translation>没有记录</translation>
    </message>
    <message>
        <source>Opened by {officer}</source>
        <translation>由 {officer} 开始</translation>
    </message>
    <message>
        <source>Closed by {officer}</source>
        <translation>由 {officer} 结束</translation>
    </message>
    <message>
        <source>Not closed</source>
        <translation>未结束</translation>
    </message>
    <message>
        <source>ready when it was opened</source>
        <translation>开始时已准备就绪</translation>
    </message>
    <message>
        <source>not ready when it was opened</source>
        <translation>开始时未准备就绪</translation>
    </message>
    <message>
        <source>No shift is open</source>
        <translation>目前没有班次</translation>
    </message>
    <message>
        <source>DEMO: nothing here is real</source>
        <translation>演示：均非真实</translation>
    </message>
    <message>
        <source>PRACTICE: nothing here is real</source>
        <translation>练习：一切均非真实</translation>
    </message>
    <message>
        <source>This page names no traveller. Officers stand here by service number.</source>
        <translation>本页不载旅客姓名，人员只列工号。</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>第 {page} 页，共 {pages} 页</translation>
    </message>
    <message>
        <source>Records {first} to {last}</source>
        <translation>记录 {first} 至 {last}</translation>
    </message>
    <message>
        <source>Records erased before and not counted: {count}</source>
        <translation>{count} 项记录已删除，不计算在内</translation>
    </message>
    <message>
        <source>Crossings</source>
        <translation>过境人次</translation>
    </message>
    <message>
        <source>Crossings per minute</source>
        <translation>每分钟过境人次</translation>
    </message>
    <message>
        <source>{mean} on average, {peak} at most</source>
        <translation>平均 {mean}，最多 {peak}</translation>
    </message>
    <message>
        <source>From code to verdict</source>
        <translation>从读码到结果</translation>
    </message>
    <message>
        <source>From code to passage</source>
        <translation>从读码到通过</translation>
    </message>
    <message>
        <source>{since} to {until} (Hong Kong time)</source>
        <translation>{since} 至 {until}（香港时间）</translation>
    </message>
    <message>
        <source>half in {half} ms, 95 % in {most} ms</source>
        <translation>半数在 {half} 毫秒内，95 % 在 {most} 毫秒内</translation>
    </message>
    <message>
        <source>half in {half} s, 95 % in {most} s</source>
        <translation>半数在 {half} 秒内，95 % 在 {most} 秒内</translation>
    </message>
    <message>
        <source>none</source>
        <translation>没有</translation>
    </message>
    <message>
        <source>Times the gate opened</source>
        <translation>开闸次数</translation>
    </message>
    <message>
        <source>Times the gate was not ready</source>
        <translation>闸机未就绪次数</translation>
    </message>
    <message>
        <source>Released once by an officer</source>
        <translation>人员放行一次</translation>
    </message>
    <message>
        <source>Decided afterwards</source>
        <translation>事后决定</translation>
    </message>
    <message>
        <source>Crossings in every {minutes} min</source>
        <translation>每 {minutes} 分钟过境人次</translation>
    </message>
    <message>
        <source>From code to verdict, in every {minutes} min</source>
        <translation>从读码到判定，每 {minutes} 分钟</translation>
    </message>
    <message>
        <source>milliseconds, 95 % within</source>
        <translation>毫秒，95 % 在此之内</translation>
    </message>
    <message>
        <source>admitted</source>
        <translation>放行</translation>
    </message>
    <message>
        <source>referred</source>
        <translation>转交</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Referred for</source>
        <translation>转交原因</translation>
    </message>
    <message>
        <source>Refused for</source>
        <translation>拒绝原因</translation>
    </message>
    <message>
        <source>Officers&apos; decisions</source>
        <translation>人员的决定</translation>
    </message>
    <message>
        <source>Admitted: {reason}</source>
        <translation>放行：{reason}</translation>
    </message>
    <message>
        <source>Refused: {reason}</source>
        <translation>拒绝：{reason}</translation>
    </message>
    <message>
        <source>To the desk: {reason}</source>
        <translation>转到柜台：{reason}</translation>
    </message>
    <message>
        <source>At the gate</source>
        <translation>闸口</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>已通过</translation>
    </message>
    <message>
        <source>nobody passed</source>
        <translation>无人通过</translation>
    </message>
    <message>
        <source>two passed</source>
        <translation>两人通过</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>不明</translation>
    </message>
    <message>
        <source>Minutes the lane took nobody</source>
        <translation>通道停用分钟</translation>
    </message>
    <message>
        <source>out of order</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>held by an officer</source>
        <translation>由人员暂停</translation>
    </message>
    <message>
        <source>closed by an officer</source>
        <translation>由人员关闭</translation>
    </message>
    <message>
        <source>an officer&apos;s alarm</source>
        <translation>人员发出的警报</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>已关机</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>Decisions by officer</source>
        <translation>各人员的决定</translation>
    </message>
    <message>
        <source>{admit} admitted ({percent} %), {refuse} refused, {desk} to the desk</source>
        <translation>放行 {admit}（{percent} %），拒绝 {refuse}，转到柜台 {desk}</translation>
    </message>
    <message>
        <source>{officer} admitted {admitted} of {decided} ({percent} %); as the others do, about {expected}. Ask why.</source>
        <translation>{officer} 在 {decided} 次中放行 {admitted} 次（{percent} %）；按其他人约为 {expected} 次。请询问原因。</translation>
    </message>
    <message>
        <source>{officer} admitted only {admitted} of {decided} ({percent} %); as the others do, about {expected}. Ask why.</source>
        <translation>{officer} 在 {decided} 次中只放行 {admitted} 次（{percent} %）；按其他人约为 {expected} 次。请询问原因。</translation>
    </message>
    <message>
        <source>Open a shift</source>
        <translation>开始班次</translation>
    </message>
    <message>
        <source>Close the shift</source>
        <translation>结束班次</translation>
    </message>
    <message>
        <source>Export to the stick</source>
        <translation>导出到 U 盘</translation>
    </message>
    <message>
        <source>Export days …</source>
        <translation>导出日期…</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
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
        <translation>后一天</translation>
    </message>
    <message>
        <source>Export these days to the stick</source>
        <translation>将这些日期导出到 U 盘</translation>
    </message>
    <message>
        <source>No export</source>
        <translation>不导出</translation>
    </message>
    <message>
        <source>Cancel the export</source>
        <translation>取消导出</translation>
    </message>
    <message>
        <source>Back to the lane</source>
        <translation>返回通道</translation>
    </message>
    <message>
        <source>Counting the records …</source>
        <translation>正在计算记录……</translation>
    </message>
    <message>
        <source>Writing the records: {done} of {total}</source>
        <translation>正在写入记录：{done} / {total}</translation>
    </message>
    <message>
        <source>Putting the table together. Leave the stick in.</source>
        <translation>正在制作表格，请勿拔出 U 盘。</translation>
    </message>
    <message>
        <source>Reading everything back. Leave the stick in.</source>
        <translation>正在读回核对，请勿拔出 U 盘。</translation>
    </message>
    <message>
        <source>The export begins. Leave the stick in.</source>
        <translation>导出开始，请勿拔出 U 盘。</translation>
    </message>
    <message>
        <source>Saved as {folder}. You may remove the stick.</source>
        <translation>已保存为 {folder}，可以拔出 U 盘。</translation>
    </message>
    <message>
        <source>There is no stick: put one in and press again.</source>
        <translation>没有 U 盘：请插入后再按一次。</translation>
    </message>
    <message>
        <source>There is more than one stick: leave only one in.</source>
        <translation>有多于一个 U 盘：请只留一个。</translation>
    </message>
    <message>
        <source>The stick is full: take one with more room.</source>
        <translation>U 盘已满：请换容量更大的。</translation>
    </message>
    <message>
        <source>The stick can&apos;t be written: slide its lock, or take another.</source>
        <translation>U 盘不能写入：请拨开写保护，或换另一个。</translation>
    </message>
    <message>
        <source>The stick is gone or fails: put it back, or take another, and press again.</source>
        <translation>U 盘已拔出或失效：请插回或换另一个，再按一次。</translation>
    </message>
    <message>
        <source>The stick takes no file so large: take one formatted as exFAT.</source>
        <translation>U 盘不能存放这么大的文件：请用 exFAT 格式的。</translation>
    </message>
    <message>
        <source>The stick kept something else than was written: take another.</source>
        <translation>U 盘的内容与写入的不符：请换另一个。</translation>
    </message>
    <message>
        <source>There are no records of these days: choose others.</source>
        <translation>这些日期没有记录：请选其他日期。</translation>
    </message>
    <message>
        <source>This is practice: its records are not exported.</source>
        <translation>这是练习：其记录不会导出。</translation>
    </message>
    <message>
        <source>Cancelled: nothing was saved.</source>
        <translation>已取消：没有保存任何数据。</translation>
    </message>
    <message>
        <source>The export failed, nothing was saved: call the operator.</source>
        <translation>导出失败，没有保存任何数据：请联系技术人员。</translation>
    </message>
    <message>
        <source>Only a supervisor opens and closes a shift.</source>
        <translation>只有主管可以开始和结束班次。</translation>
    </message>
    <message>
        <source>A shift is open already: close it first.</source>
        <translation>已有班次进行中：请先结束。</translation>
    </message>
    <message>
        <source>No shift is open.</source>
        <translation>目前没有班次。</translation>
    </message>
</context>
<context>
    <name>Traveller</name>
    <message>
        <source>Show your health code</source>
        <translation>请出示健康码</translation>
    </message>
    <message>
        <source>No phone? Staffed lane</source>
        <translation>没有手机？请走人工通道</translation>
    </message>
    <message>
        <source>Reading – hold still</source>
        <translation>读取中，请勿移动</translation>
    </message>
    <message>
        <source>This is not a health code</source>
        <translation>这不是健康码</translation>
    </message>
    <message>
        <source>Please open your health code</source>
        <translation>请打开健康码</translation>
    </message>
    <message>
        <source>Closer, please</source>
        <translation>请靠近一点</translation>
    </message>
    <message>
        <source>A little farther away</source>
        <translation>请拿远一点</translation>
    </message>
    <message>
        <source>Tilt it: the light is reflected</source>
        <translation>有反光，请稍微倾斜</translation>
    </message>
    <message>
        <source>Make the phone brighter</source>
        <translation>请调亮手机屏幕</translation>
    </message>
    <message>
        <source>Hold still, please</source>
        <translation>请保持不动</translation>
    </message>
    <message>
        <source>Show the whole code</source>
        <translation>请出示整个码</translation>
    </message>
    <message>
        <source>About 15 cm from the camera</source>
        <translation>距离镜头约15厘米</translation>
    </message>
    <message>
        <source>This is a web link</source>
        <translation>这是网址</translation>
    </message>
    <message>
        <source>This is a payment code</source>
        <translation>这是付款码</translation>
    </message>
    <message>
        <source>This is a boarding pass</source>
        <translation>这是登机牌</translation>
    </message>
    <message>
        <source>Too bright: turn away</source>
        <translation>太亮，请避开光线</translation>
    </message>
    <message>
        <source>One more code</source>
        <translation>请再出示一个码</translation>
    </message>
    <message>
        <source>The first code is read</source>
        <translation>第一个码已读取</translation>
    </message>
    <message>
        <source>Now show: health code</source>
        <translation>请出示：健康码</translation>
    </message>
    <message>
        <source>Now show: customs declaration</source>
        <translation>请出示：海关申报码</translation>
    </message>
    <message>
        <source>Now show: itinerary code</source>
        <translation>请出示：行程码</translation>
    </message>
    <message>
        <source>Now show: vaccination record</source>
        <translation>请出示：疫苗接种记录</translation>
    </message>
    <message>
        <source>Now show: test result</source>
        <translation>请出示：检测结果</translation>
    </message>
    <message>
        <source>Now show: recovery record</source>
        <translation>请出示：康复记录</translation>
    </message>
    <message>
        <source>Now show: exemption certificate</source>
        <translation>请出示：豁免证明</translation>
    </message>
    <message>
        <source>Now show: international vaccination certificate</source>
        <translation>请出示：国际预防接种证书</translation>
    </message>
    <message>
        <source>Now show: light certificate</source>
        <translation>请出示：简化证书</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>请稍候</translation>
    </message>
    <message>
        <source>The gate is about to open</source>
        <translation>闸门即将开启</translation>
    </message>
    <message>
        <source>Please pass</source>
        <translation>请通行</translation>
    </message>
    <message>
        <source>Please wait for an officer</source>
        <translation>请等候工作人员</translation>
    </message>
    <message>
        <source>An officer will look at this with you</source>
        <translation>工作人员会与您一同查看</translation>
    </message>
    <message>
        <source>Please stay where you are</source>
        <translation>请留在原位</translation>
    </message>
    <message>
        <source>Have your document ready</source>
        <translation>请准备旅行证件</translation>
    </message>
    <message>
        <source>Show the new code here</source>
        <translation>在这里出示新码</translation>
    </message>
    <message>
        <source>Show another code here</source>
        <translation>在这里出示其他码</translation>
    </message>
    <message>
        <source>Or ask at the desk</source>
        <translation>或到人工柜台咨询</translation>
    </message>
    <message>
        <source>An officer will open it for you</source>
        <translation>工作人员会为您开闸</translation>
    </message>
    <message>
        <source>Use another lane or ask an officer</source>
        <translation>请走其他通道或询问工作人员</translation>
    </message>
    <message>
        <source>DEMO – not real</source>
        <translation>演示・并非真实</translation>
    </message>
    <message>
        <source>PRACTICE – not real</source>
        <translation>练习・并非真实</translation>
    </message>
    <message>
        <source>PRACTICE</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>15 cm</source>
        <translation>15 cm</translation>
    </message>
    <message>
        <source>Please stop</source>
        <translation>请止步</translation>
    </message>
    <message>
        <source>The gate is open: walk straight on</source>
        <translation>闸门已开，请向前走</translation>
    </message>
    <message>
        <source>The gate is open: walk to the left</source>
        <translation>闸门已开，请向左走</translation>
    </message>
    <message>
        <source>The gate is open: walk to the right</source>
        <translation>闸门已开，请向右走</translation>
    </message>
    <message>
        <source>Please step back from the gate</source>
        <translation>请离开闸门</translation>
    </message>
    <message>
        <source>Please go to the desk</source>
        <translation>请前往人工柜台</translation>
    </message>
    <message>
        <source>The officers there will help you</source>
        <translation>工作人员会协助您</translation>
    </message>
    <message>
        <source>The gate did not open</source>
        <translation>闸门未能开启</translation>
    </message>
    <message>
        <source>Your code is accepted</source>
        <translation>您的码已通过</translation>
    </message>
    <message>
        <source>Lane closed</source>
        <translation>通道关闭</translation>
    </message>
    <message>
        <source>Out of order</source>
        <translation>暂停服务</translation>
    </message>
    <message>
        <source>Please wait</source>
        <translation>请稍候</translation>
    </message>
    <message>
        <source>This lane will reopen shortly</source>
        <translation>本通道稍后恢复</translation>
    </message>
    <message>
        <source>Please use another lane</source>
        <translation>请使用其他通道</translation>
    </message>
    <message>
        <source>Leave now</source>
        <translation>请立即离开</translation>
    </message>
    <message>
        <source>Follow the exit signs</source>
        <translation>请按出口标志走</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Code reader</source>
        <translation>读码器</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>闸门</translation>
    </message>
    <message>
        <source>Record keeping</source>
        <translation>记录存储</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
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
        <translation>放大字体并增强对比度</translation>
    </message>
    <message>
        <source>Spoken guidance</source>
        <translation>语音引导</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>More time</source>
        <translation>延长时间</translation>
    </message>
    <message>
        <source>Health code check: your slip</source>
        <translation>健康码核验：您的记录</translation>
    </message>
    <message>
        <source>Reference {digits}</source>
        <translation>编号 {digits}</translation>
    </message>
    <message>
        <source>{time} (Hong Kong time)</source>
        <translation>{time}（香港时间）</translation>
    </message>
    <message>
        <source>{station}, lane {lane}</source>
        <translation>{station}，通道 {lane}</translation>
    </message>
    <message>
        <source>An officer was asked to decide</source>
        <translation>已交由工作人员决定</translation>
    </message>
    <message>
        <source>The code was not accepted</source>
        <translation>此码未获接受</translation>
    </message>
    <message>
        <source>An officer let you pass</source>
        <translation>工作人员准许通行</translation>
    </message>
    <message>
        <source>An officer did not let you pass</source>
        <translation>工作人员未准许通行</translation>
    </message>
    <message>
        <source>You were sent to the desk</source>
        <translation>已请您前往柜台</translation>
    </message>
    <message>
        <source>Reason: {words} ({code})</source>
        <translation>原因：{words}（{code}）</translation>
    </message>
    <message>
        <source>The officer can tell you why</source>
        <translation>工作人员可告诉您原因</translation>
    </message>
    <message>
        <source>You may object, with this reference:</source>
        <translation>如有异议，请提供此编号：</translation>
    </message>
    <message>
        <source>the officers at the desk of this station</source>
        <translation>本站柜台工作人员</translation>
    </message>
    <message>
        <source>Call an officer</source>
        <translation>呼叫工作人员</translation>
    </message>
    <message>
        <source>Calling an officer</source>
        <translation>正在呼叫工作人员</translation>
    </message>
    <message>
        <source>Officer called</source>
        <translation>已通知工作人员</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Your slip</source>
        <translation>您的记录</translation>
    </message>
    <message>
        <source>What is kept about you</source>
        <translation>保存您的哪些信息</translation>
    </message>
    <message>
        <source>More ({at} of {of})</source>
        <translation>下一页（{at}/{of}）</translation>
    </message>
    <message>
        <source>An officer will help you</source>
        <translation>工作人员会协助您</translation>
    </message>
    <message>
        <source>Use the staffed lane, or call an officer</source>
        <translation>请走人工通道，或呼叫工作人员</translation>
    </message>
    <message>
        <source>No phone or code</source>
        <translation>没有手机或健康码</translation>
    </message>
    <message>
        <source>With a wheelchair</source>
        <translation>使用轮椅</translation>
    </message>
    <message>
        <source>A group, one code</source>
        <translation>团体共用一个码</translation>
    </message>
    <message>
        <source>Make a new code</source>
        <translation>重新申领</translation>
    </message>
    <message>
        <source>With children</source>
        <translation>携带小孩</translation>
    </message>
    <message>
        <source>For your own record</source>
        <translation>供您自行记录</translation>
    </message>
    <message>
        <source>What this kiosk keeps about you</source>
        <translation>本机保存您的哪些信息</translation>
    </message>
    <message>
        <source>Never kept: your name, document number, date of birth, picture, voice, or the code itself.</source>
        <translation>绝不保存：姓名、证件号码、出生日期、影像、声音，以及码本身。</translation>
    </message>
    <message>
        <source>An officer who helps you sees a masked name while you stand here. It is not kept.</source>
        <translation>协助您的工作人员在您停留期间会看到遮盖的姓名，不会保存。</translation>
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
        <translation>以下信息到期即删除：</translation>
    </message>
    <message>
        <source>To read at home</source>
        <translation>在家阅读</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>请稍候片刻</translation>
    </message>
    <message>
        <source>Touch for more time</source>
        <translation>触碰屏幕可延长时间</translation>
    </message>
</context>
</TS>
